import { stringify } from 'yaml'
import { count, countsInWords } from '../../model/counts.ts'
import type { RequirementResult, Results } from '../../model/results.ts'
import type { Rendering } from '../rendering.ts'
import { outcomes, type Outcome } from '../outcome.ts'
import { differences, inOrder } from '../stated.ts'
import { readConformance } from './read.ts'

/**
 * A summary to publish, in the manner of the Gateway API's conformance reports: a profile for each kind of requirement, in it the core that every whole run
 * proves, and as extended what needs a drill once a quarter. As there, what was skipped keeps a level from succeeding.
 */
export const conformanceReport: Rendering = {
  name: 'conformance.yaml',
  render: (results) => `${opening}${stringify(reportOf(results), { lineWidth: 0 })}`,
  disagreements: (content, results) => differences('conformance.yaml', () => readConformance(content), results),
}

const opening = '# Rendered from results.json in the manner of a Gateway API conformance report. What was not observed is skipped, and what is skipped is not conformant.\n'
const home = 'https://github.com/plumbline-dev/plumbline'

const profiles = [['stories', 'story'], ['functional', 'functional'], ['non-functional', 'non-functional'], ['success-criteria', 'success']] as const

function reportOf(results: Results) {
  const { runId, verdict, exitCode, finishedAt, profile: mode, target, filters, meaning, scope, requirements } = results
  const { cases, cells, evidence } = results.counts
  const drilled = new Set(results.quarterly?.map(({ requirement }) => requirement))
  const whole = filters.only.length + filters.skip.length === 0
  return {
    apiVersion: 'plumbline.dev/v1',
    kind: 'ConformanceReport',
    date: finishedAt,
    mode,
    target,
    implementation: implementationOf(results),
    // Counts of requirements are those of the profiles.
    plumbline: { runId, verdict, exitCode, meaning, scope, selection: { only: filters.only, skip: filters.skip }, counts: { cases: inOrder(cases), cells: inOrder(cells), evidence } },
    profiles: profiles.flatMap(([name, kind]) => {
      const those = requirements.filter((one) => one.kind === kind)
      return those.length === 0 ? [] : [profileOf(name, { core: those.filter(({ id }) => !drilled.has(id)), extended: those.filter(({ id }) => drilled.has(id)) }, whole)]
    }),
    notSatisfied: requirements.filter((one) => one.verdict !== 'satisfied').map(({ id, verdict: stands, reason = stands }) => ({ requirement: id, verdict: stands, reason })),
  }
}

/** What was under test, by its checkout and its cluster. */
function implementationOf({ verifier, platform }: Results) {
  const { plumbline: version = 'unknown', commit = 'unknown' } = verifier
  const cluster = typeof platform['cluster'] === 'object' && platform['cluster'] !== null ? platform['cluster'] : {}
  const told = Object.entries(cluster).filter(([name, value]) => ['label', 'region', 'tier', 'kubernetes_version'].includes(name) && typeof value === 'string').toSorted()
  return { organization: 'plumbline-dev', project: 'plumbline', url: home, version, commit, contact: [`${home}/issues`], cluster: Object.fromEntries(told) }
}

interface Levels {
  readonly core: readonly RequirementResult[]
  readonly extended: readonly RequirementResult[]
}

function profileOf(name: string, { core, extended }: Levels, whole: boolean) {
  const words = [...(core.length === 0 ? [] : [`Core: ${inWords(core)}.`]), ...(extended.length === 0 ? [] : [`Extended: ${inWords(extended)}.`])]
  return {
    name,
    summary: words.join(' '),
    ...(core.length === 0 ? {} : { core: levelOf(core, whole) }),
    ...(extended.length === 0 ? {} : { extended: levelOf(extended, whole) }),
  }
}

function inWords(requirements: readonly RequirementResult[]): string {
  return countsInWords(count({ requirements, cases: [], cells: [] }).requirements)
}

function levelOf(requirements: readonly RequirementResult[], whole: boolean) {
  const ids = (...wanted: readonly Outcome[]) => requirements.filter(({ verdict }) => wanted.includes(outcomes[verdict])).map(({ id }) => id)
  const [passed, failed, skipped] = [ids('passed'), ids('failed', 'undecided'), ids('unobserved')]
  const waived = requirements.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id)
  const notApplicable = requirements.filter(({ verdict }) => verdict === 'not-applicable').map(({ id }) => id)
  const result = failed.length > 0 ? 'failure' : whole && skipped.length === 0 && passed.length + waived.length > 0 ? 'success' : 'partial'
  return {
    result,
    statistics: { Passed: passed.length, Failed: failed.length, Skipped: skipped.length, Waived: waived.length, NotApplicable: notApplicable.length },
    ...(failed.length === 0 ? {} : { failedTests: failed }),
    ...(skipped.length === 0 ? {} : { skippedTests: skipped }),
    ...(waived.length === 0 ? {} : { waivedTests: waived }),
    ...(notApplicable.length === 0 ? {} : { notApplicableTests: notApplicable }),
  }
}
