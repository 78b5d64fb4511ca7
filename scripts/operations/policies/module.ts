import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cache } from '../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { ensureToolchain } from '../../../fixtures/sandbox/toolchain/build.ts'
import { builtPath, tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { toolPins } from '../../../fixtures/sandbox/toolchain/pins.ts'
import { plainEnvironment, run } from '../pipeline/children.ts'
import { policiesFolder, rooms } from './rules.ts'

export interface PolicyModule {
  wasm: Uint8Array
  /** Of the Rego sources and the compiler: which policies judged. */
  digest: string
}

/** What is no part of the module: tests, their documents, and the rules about rules. */
const notJudging = ['*_test.rego', 'data.json', 'conventions']

/** The policies as WebAssembly, compiled once per content into the cache; OPA itself is built from its pin when it was not yet. */
export async function policyModule(report: Report): Promise<PolicyModule> {
  const digest = await policiesDigest()
  const folder = join(cache, 'policies', digest.slice('sha256:'.length, 'sha256:'.length + 16))
  const file = join(folder, 'policy.wasm')
  const there = await readFile(file).catch(() => undefined)
  if (there !== undefined) return { wasm: there, digest }
  await ensureToolchain({ report, only: ['opa'] })
  await mkdir(join(cache, 'policies'), { recursive: true })
  const scratch = await mkdtemp(`${folder}.partial-`)
  try {
    const bundle = join(scratch, 'bundle.tar.gz')
    const options = { cwd: policiesFolder, env: plainEnvironment() }
    await run(await tool('opa'), ['build', '--target=wasm', ...rooms.map((room) => `--entrypoint=main/${room}`), ...notJudging.map((pattern) => `--ignore=${pattern}`), `--output=${bundle}`, '.'], options)
    await run('tar', ['--extract', '--gzip', `--file=${bundle}`, `--directory=${scratch}`, '/policy.wasm'], options)
    const wasm = await readFile(join(scratch, 'policy.wasm'))
    // Whoever compiled the same at the same time was as quick.
    await rename(scratch, folder).catch(() => undefined)
    return { wasm, digest }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

export async function policiesDigest(folder = policiesFolder): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego') && !file.startsWith('conventions/')).toSorted()
  const pin = toolPins.find(({ name }) => name === 'opa')
  const hash = createHash('sha256').update(pin === undefined ? '' : await builtPath(pin))
  for (const file of files) hash.update(`\0${file}\0`).update(await readFile(join(folder, file)))
  return `sha256:${hash.digest('hex')}`
}
