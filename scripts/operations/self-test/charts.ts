import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { run, tail } from './child.ts'
import type { Stage } from './stage.ts'
import { single, sum } from './stage.ts'

const charts = join(repository, 'terraform/charts')

/** `helm lint --strict` and a rendering of every chart with each of its ci/*.yaml values, and a refusal without any: nothing has a silent default. */
export const helmCharts: Stage = {
  name: 'helm lint',
  run: async ({ signal }) => {
    const helm = await tool('helm')
    const names = (await readdir(charts, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted()
    const tallies = await Promise.all(names.map(async (name) => {
      const values = (await readdir(join(charts, name, 'ci'))).filter((file) => file.endsWith('-values.yaml')).toSorted()
      if (values.length === 0) return single(false, `expected values to lint chart ${name} with in ${name}/ci, but there are none`)
      return sum(await Promise.all(values.map(async (file) => {
        const chosen = ['--values', join(charts, name, 'ci', file)]
        const lint = await run(helm, ['lint', '--strict', join(charts, name), ...chosen], { signal })
        const rendered = await run(helm, ['template', name, join(charts, name), ...chosen], { signal })
        return sum([single(lint.code === 0, ...tail(lint)), single(rendered.code === 0, ...tail(rendered))])
      })))
    }))
    return sum(tallies)
  },
}
