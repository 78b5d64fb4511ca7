import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { ensureToolchain } from '../../../fixtures/sandbox/toolchain/build.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { plainEnvironment, run } from '../pipeline/children.ts'
import { policiesFolder, readRules, rooms } from './rules.ts'

/** What is no part of the module: tests, their documents, and the rules about rules. */
const notJudging = ['*_test.rego', 'data.json', 'conventions']

/** Compiles the policies of the checkout into a folder: policy.wasm, and rules.json with what the rules say about themselves. OPA is built from its pin when it was not yet. */
export async function compilePolicies(folder: string, report: Report): Promise<void> {
  await ensureToolchain({ report, only: ['opa'] })
  await mkdir(dirname(folder), { recursive: true })
  const scratch = await mkdtemp(`${folder}.partial-`)
  try {
    const bundle = join(scratch, 'bundle.tar.gz')
    const options = { cwd: policiesFolder, env: plainEnvironment() }
    await run(await tool('opa'), ['build', '--target=wasm', ...rooms.map((room) => `--entrypoint=main/${room}`), ...notJudging.map((pattern) => `--ignore=${pattern}`), `--output=${bundle}`, '.'], options)
    await run('tar', ['--extract', '--gzip', `--file=${bundle}`, `--directory=${scratch}`, '/policy.wasm'], options)
    await rm(bundle)
    await writeFile(join(scratch, 'rules.json'), JSON.stringify(await readRules()))
    // Whoever compiled the same at the same time was as quick.
    await rename(scratch, folder).catch(() => undefined)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
