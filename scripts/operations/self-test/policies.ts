import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { $ } from 'zx'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { catalogue, isRequirementId, partsOf, requirementIds } from '../../../suites/requirements/catalogue.ts'
import type { Requirement } from '../../../suites/requirements/catalogue.ts'
import { readDocuments } from '../policies/documents.ts'
import { loadPolicies } from '../policies/evaluate.ts'
import type { Evaluate } from '../policies/evaluate.ts'
import { policyModule } from '../policies/module.ts'
import { gapInWords, gapsIn, planSchema } from '../policies/uncertainty.ts'
import { policiesFolder, readRules, rooms } from '../policies/rules.ts'
import { run, tail } from './child.ts'
import type { Stage, StageWorld, Tally } from './stage.ts'
import { single, sum } from './stage.ts'

const coverageSchema = z.looseObject({ coverage: z.number(), files: z.record(z.string(), z.looseObject({ not_covered: z.array(z.looseObject({ start: z.looseObject({ row: z.number() }) })).optional() })) })
const testsSchema = z.array(z.looseObject({ package: z.string(), name: z.string(), fail: z.boolean().optional(), error: z.unknown().optional() }))
const deniedSchema = z.looseObject({ result: z.tuple([z.looseObject({ expressions: z.tuple([z.looseObject({ value: z.array(z.string()) })]) })]) })

/** The Rego of policies/: its format, a strict check, its tests with every line covered, our conventions, and what the compiled module answers. */
export const policies: Stage = {
  name: 'policies',
  run: async ({ signal, report }) => {
    const opa = await tool('opa')
    const options = { cwd: policiesFolder, signal }
    const format = await run(opa, ['fmt', '--diff', '--fail', '.'], options)
    const check = await run(opa, ['check', '--strict', '--bundle', '.'], options)
    const tests = await run(opa, ['test', '--bundle', '.', '--format=json'], options)
    const covered = await run(opa, ['test', '--bundle', '.', '--coverage', '--format=json'], options)
    return sum([
      single(format.code === 0, 'opa fmt would change policies/; run `opa fmt --write policies`', ...tail(format)),
      single(check.code === 0, ...tail(check)),
      regoTally(tests.stdout),
      coverageTally(covered.stdout),
      await conventions(opa, signal),
      await compiled({ signal, report }),
    ])
  },
}

/** Counts the tests of `opa test --format=json`. */
export function regoTally(text: string): Tally {
  const parsed = testsSchema.safeParse(jsonOf(text))
  if (!parsed.success) return single(false, 'opa test gave no report', ...text.split('\n').slice(-5))
  const failed = parsed.data.filter(({ fail, error }) => fail === true || (error !== undefined && error !== null))
  return { passed: parsed.data.length - failed.length, failed: failed.length, skipped: 0, notes: failed.map((one) => `${one.package}.${one.name} failed`) }
}

/** Every line of every rule is run by some test. */
export function coverageTally(text: string): Tally {
  const parsed = coverageSchema.safeParse(jsonOf(text))
  if (!parsed.success) return single(false, 'opa test --coverage gave no report; see the tests')
  const open = Object.entries(parsed.data.files).flatMap(([file, { not_covered: lines = [] }]) => lines.map(({ start }) => `policies/${file}:${start.row} is run by no test`))
  return single(parsed.data.coverage === 100 && open.length === 0, ...open)
}

async function conventions(opa: string, signal: AbortSignal): Promise<Tally> {
  const inspected = await run(opa, ['inspect', '--annotations', '--format=json', '.'], { cwd: policiesFolder, signal })
  const outstanding = catalogue.filter(({ remaining }: Requirement) => remaining.length > 0).map(({ id }) => id)
  const input = JSON.stringify({ inspected: jsonOf(inspected.stdout), requirements: requirementIds.filter((id) => partsOf(id).includes(id)), outstanding, cases: await taggedCases() })
  const child = $({ cwd: policiesFolder, quiet: true, nothrow: true, signal, input })
  const { stdout, stderr } = await child`${opa} eval --bundle . --stdin-input --format=json data.conventions.deny`
  const parsed = deniedSchema.safeParse(jsonOf(stdout))
  if (!parsed.success) return single(false, 'opa eval of the conventions gave no answer', stderr, stdout)
  const denied = parsed.data.result[0].expressions[0].value
  return single(denied.length === 0, ...denied)
}

/** The requirements of every case by its id, as they are written in its file. */
async function taggedCases(): Promise<Record<string, string[]>> {
  const folder = join(repository, 'suites')
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.test.ts'))
  const read = await Promise.all(files.map(async (file) => [file.slice(0, -'.test.ts'.length), tagsIn(await readFile(join(folder, file), 'utf8'))] as const))
  return Object.fromEntries(read.filter(([, tags]) => tags.length > 0))
}

/** The tags of a case, from its text: `tags: ['FR-001', 'SC-001']`. */
export function tagsIn(text: string): string[] {
  const [, list = ''] = /\btags: \[([^\]]*)\]/.exec(text) ?? []
  return [...list.matchAll(/'([^']+)'/g)].flatMap(([, id]) => id === undefined ? [] : [id]).filter(isRequirementId)
}

/** The module that the pipeline asks: on a whole installation every rule finds something to judge, denies nothing, and still denies an open control plane. */
async function compiled({ report }: StageWorld): Promise<Tally> {
  const rules = await readRules()
  const evaluate = await loadPolicies((await policyModule(report)).wasm, rules)
  const examples = await Promise.all(rooms.map(async (room) => ({ room, text: await readFile(join(policiesFolder, 'lib/examples', room, 'data.json'), 'utf8') })))
  const idle = examples.flatMap(({ room, text }) => [...evaluate(room, JSON.parse(text))].flatMap(([name, { subjects, deny }]) => [
    ...(subjects.length > 0 ? [] : [`${room}/${name} finds nothing to judge in a whole installation`]),
    ...deny.map(({ subject, found }) => `${room}/${name} denies ${subject}: ${found}`),
  ]))
  const refused = await shippedFiles(evaluate)
  const gaps = examples.filter(({ room }) => room === 'plan').flatMap(({ text }) => gapsIn(planSchema.parse(JSON.parse(text)), evaluate))
  const open = examples.filter(({ room }) => room === 'plan').flatMap(({ room, text }) => evaluate(room, JSON.parse(text.replaceAll('127.0.0.1/32', '0.0.0.0/0'))).get('control_plane_closed')?.deny ?? [])
  return sum([single(idle.length === 0, ...idle), single(refused.length === 0, ...refused), single(gaps.length === 0, ...gaps.map(gapInWords)), single(open.length === 1, 'expected a control plane that is open to 0.0.0.0/0 to be denied, but it was not')])
}

/** What the rules deny of this repository's own workflows, the template for teams, the release list and the platform file. */
async function shippedFiles(evaluate: Evaluate): Promise<string[]> {
  const paths = ['.github/workflows', 'docs/teams/deploy-workflow.yml', 'terraform/releases.yaml', 'terraform/platform.yaml'].map((path) => join(repository, path))
  const { documents: { pipeline = [] }, origins } = await readDocuments(paths, async () => Promise.resolve(''))
  const verdicts = pipeline.flatMap((document) => [...evaluate('pipeline', document)])
  return [
    ...pipeline.length === 1 && origins.length >= paths.length ? [] : [`expected a pipeline with at least ${String(paths.length)} files, but there are ${String(origins.length)}`],
    ...verdicts.flatMap(([name, { deny }]) => deny.map(({ subject, found }) => `pipeline/${name} denies ${subject}: ${found}`)),
  ]
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
