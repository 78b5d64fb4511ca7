import { parse } from 'yaml'
import { z } from 'zod'
import { countsSchema } from '../../model/counts.ts'
import { counted, type Stated } from '../stated.ts'

const number = z.number().int().nonnegative()
const ids = z.array(z.string()).default([])

const levelSchema = z.object({
  result: z.enum(['success', 'partial', 'failure']),
  statistics: z.object({ Passed: number, Failed: number, Skipped: number, Waived: number, NotApplicable: number }),
  failedTests: ids,
  skippedTests: ids,
  waivedTests: ids,
  notApplicableTests: ids,
})
type Level = z.infer<typeof levelSchema>

/** The parts that we read back; a file may hold more. */
const schema = z.object({
  profiles: z.array(z.object({ name: z.string(), core: levelSchema.optional(), extended: levelSchema.optional() })),
  notSatisfied: z.array(z.object({ requirement: z.string(), verdict: z.string() })),
  target: z.string(),
  plumbline: z.object({ runId: z.string(), verdict: z.string(), exitCode: z.number(), counts: countsSchema.omit({ requirements: true }) }),
})

/** What a conformance.yaml states: requirements that passed by the statistics, all others one by one. Throws when it is no YAML or does not hold what we write. */
export function readConformance(content: string): Stated {
  const { profiles, notSatisfied, target, plumbline: { runId, verdict, exitCode, counts } } = schema.parse(parse(content, { logLevel: 'error' }))
  const levels = profiles.flatMap(({ name, core, extended }) => [...(core === undefined ? [] : [{ name: `${name} core`, level: core }]), ...(extended === undefined ? [] : [{ name: `${name} extended`, level: extended }])])
  const satisfied = levels.reduce((sum, { level }) => sum + level.statistics.Passed, 0)
  return {
    runId, target, verdict, exitCode,
    counts: { requirements: { ...counted(notSatisfied.map((one) => one.verdict)), satisfied }, cases: counts.cases, cells: counts.cells },
    evidence: counts.evidence,
    faults: [...levels.flatMap(({ name, level }) => faultsOf(name, level)), ...unlisted(levels.map(({ level }) => level), notSatisfied.map(({ requirement }) => requirement))],
  }
}

function faultsOf(name: string, { result, statistics, ...lists }: Level): readonly string[] {
  const pairs = [['Failed', lists.failedTests], ['Skipped', lists.skippedTests], ['Waived', lists.waivedTests], ['NotApplicable', lists.notApplicableTests]] as const
  const open = statistics.Failed + statistics.Skipped
  return [
    ...pairs.filter(([statistic, list]) => list.length !== statistics[statistic]).map(([statistic, list]) => `lists ${list.length} requirements as ${statistic} in ${name}, but says ${statistics[statistic]}`),
    ...(result === 'success' && open > 0 ? [`says success of ${name}, with ${open} requirements that did not pass`] : []),
  ]
}

/** What a level lists is among what is not satisfied, and the other way round. */
function unlisted(levels: readonly Level[], notSatisfied: readonly string[]): readonly string[] {
  const listed = levels.flatMap(({ failedTests, skippedTests, waivedTests, notApplicableTests }) => [...failedTests, ...skippedTests, ...waivedTests, ...notApplicableTests])
  const differing = [...listed.filter((id) => !notSatisfied.includes(id)), ...notSatisfied.filter((id) => !listed.includes(id))]
  return differing.map((id) => `does not have ${id} both in a profile and among what is not satisfied`)
}
