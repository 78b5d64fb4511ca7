import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cache } from '../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { builtPath } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { toolPins } from '../../../fixtures/sandbox/toolchain/pins.ts'
import { policiesFolder, rulesSchema } from './rules.ts'
import type { Rule } from './rules.ts'

export interface PolicyModule {
  wasm: Uint8Array
  /** What the rules say about themselves, in the order of rooms and names. */
  rules: readonly Rule[]
  /** Of the Rego sources and the compiler: which policies judged. */
  digest: string
}

/** The policies as WebAssembly with their rules, compiled once per content into the cache. */
export async function policyModule(report: Report): Promise<PolicyModule> {
  const digest = await policiesDigest()
  const folder = join(cache, 'compiled-policies', digest.slice('sha256:'.length, 'sha256:'.length + 16))
  const there = await compiledIn(folder).catch(() => undefined)
  if (there !== undefined) return { ...there, digest }
  // Loaded only here: a check of a pull request should not wait for what builds tools.
  const { compilePolicies } = await import('./compile.ts')
  await compilePolicies(folder, report)
  return { ...await compiledIn(folder), digest }
}

async function compiledIn(folder: string): Promise<Pick<PolicyModule, 'wasm' | 'rules'>> {
  const [wasm, rules] = await Promise.all([readFile(join(folder, 'policy.wasm')), readFile(join(folder, 'rules.json'), 'utf8')])
  return { wasm, rules: rulesSchema.parse(JSON.parse(rules)) }
}

export async function policiesDigest(folder = policiesFolder): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego') && !file.startsWith('conventions/')).toSorted()
  const pin = toolPins.find(({ name }) => name === 'opa')
  const hash = createHash('sha256').update(pin === undefined ? '' : await builtPath(pin))
  const contents = await Promise.all(files.map(async (file) => readFile(join(folder, file))))
  for (const [index, file] of files.entries()) hash.update(`\0${file}\0`).update(contents[index] ?? '')
  return `sha256:${hash.digest('hex')}`
}
