import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { run, tail } from './child.ts'
import type { Stage } from './stage.ts'
import { single, sum } from './stage.ts'

/** Our own workflows, and the template that application teams copy. */
export async function workflowFiles(root: string = repository): Promise<string[]> {
  const own = (await readdir(join(root, '.github/workflows'))).filter((name) => name.endsWith('.yml')).toSorted()
  return [...own.map((name) => `.github/workflows/${name}`), 'docs/teams/deploy-workflow.yml']
}

/** What actionlint says about each workflow. Without shellcheck and pyflakes, which it would run if they happened to be there. */
export const workflows: Stage = {
  name: 'workflows',
  run: async ({ signal }) => {
    const actionlint = await tool('actionlint')
    return sum(await Promise.all((await workflowFiles()).map(async (file) => {
      const ended = await run(actionlint, ['-no-color', '-shellcheck=', '-pyflakes=', file], { signal })
      return single(ended.code === 0, ...tail(ended))
    })))
  },
}
