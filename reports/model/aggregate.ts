import { cellsOf, contradiction, mergedCells } from './cells.ts'
import { chartOf } from './chart.ts'
import { drillLogOf } from './drill.ts'
import { dischargeInWords, dischargesOf, policyOf, type Discharge } from './discharge.ts'
import { count, countsInWords, total, type Counts } from './counts.ts'
import type { CaseResult, CatalogueEntry, Evidence, RequirementResult, RunFacts, Settled } from './results.ts'
import { exitCodes, verdictInWords, type RunVerdict, type Verdict } from './verdict.ts'

/**
 * Worst first. A requirement is the worst of its parts, so one violation outweighs everything, what could not be decided outweighs
 * what was not tried, and only a requirement whose parts all were observed and held is satisfied.
 */
const precedence: readonly Verdict[] = ['violated', 'indeterminate', 'not-run', 'stale', 'waived', 'satisfied', 'not-applicable']

/** Verdict of a requirement from the verdicts of its cases; nothing at all is `not-run`. */
export function worst(parts: readonly Verdict[]): Verdict {
  return precedence.find((verdict) => parts.includes(verdict)) ?? 'not-run'
}

/** Verdict of a run from those of its requirements. Violated beats indeterminate, which beats partial; a filtered run is partial at best. */
export function runVerdict(requirements: readonly Verdict[], filtered: boolean): RunVerdict {
  const standing = worst(requirements)
  if (standing === 'violated' || standing === 'indeterminate') return standing
  const whole = !filtered && (standing === 'satisfied' || standing === 'waived')
  return whole ? 'conformant' : 'partial'
}

/** How many of a run's own objects are still on the platform, and how many could not be looked at. */
export interface Remains {
  leftovers: number
  unverified: number
}

/** Exit code of a run. A violation is said first; something left behind on the platform (5) outweighs what was not decided (3) or not tried (4). */
export function exitCodeOf(verdict: RunVerdict, { leftovers, unverified }: Remains): number {
  if (verdict === 'violated') return exitCodes.violated
  if (leftovers > 0) return exitCodes.integrity
  return unverified > 0 ? exitCodes.indeterminate : exitCodes[verdict]
}

/** A case's verdict after a look at what it recorded: a pass without evidence, or with evidence that says otherwise, is no pass. */
export function settleCase(one: CaseResult): CaseResult {
  if (one.verdict !== 'satisfied' && one.verdict !== 'not-applicable') return one.reason === undefined ? { ...one, reason: 'the case gave no reason' } : one
  const doubt = doubtAbout(one)
  return doubt === undefined ? one : { ...one, verdict: 'indeterminate', reason: doubt }
}

function doubtAbout(one: CaseResult): string | undefined {
  const shown = one.evidence.filter((evidence) => evidence.data !== undefined || evidence.raw !== undefined)
  if (shown.length === 0) return one.verdict === 'satisfied' ? 'passed without recording evidence' : 'called not applicable without recording evidence'
  const recorded = shown.map(cellsOf)
  if (recorded.includes('unreadable')) return 'its reachability evidence does not have the shape of a traffic matrix'
  if (recorded.some((cells) => cells?.length === 0)) return 'its reachability evidence holds no cell'
  if (shown.map(chartOf).includes('unreadable')) return 'its evidence holds a chart that cannot be drawn'
  const elsewhere = doubtAboutPolicies(shown) ?? doubtAboutDrills(shown)
  if (elsewhere !== undefined) return elsewhere
  const cells = recorded.flatMap((found) => (found === undefined || found === 'unreadable' ? [] : found))
  const contradictions = cells.flatMap((cell) => contradiction(cell) ?? [])
  const more = contradictions.length > 1 ? ` (and ${contradictions.length - 1} more)` : ''
  return contradictions.length === 0 ? undefined : `its evidence does not support its verdict: ${contradictions[0]}${more}`
}

function doubtAboutPolicies(shown: readonly Evidence[]): string | undefined {
  return shown.map(policyOf).includes('unreadable') ? 'its evidence about the policies does not have their shape' : undefined
}

function doubtAboutDrills(shown: readonly Evidence[]): string | undefined {
  const logs = shown.map(drillLogOf)
  if (logs.includes('unreadable')) return 'its evidence holds a drill log that does not have its shape'
  const bad = logs.find((log) => typeof log === 'object' && (!log.restored || log.watch.delivered.length > 0))
  return typeof bad === 'object' ? `the log of the drill ${bad.drill} shows ${bad.restored ? 'a delivery in a denied cell' : 'that not everything is as it was'}` : undefined
}

/** Everything that follows from the facts of a run; throws when they contradict themselves (a programming error, said in one sentence). */
export function settle(facts: RunFacts): Settled {
  refuseInconsistent(facts)
  const cases = facts.cases.map(settleCase)
  const open = dischargesOf(cases).filter(({ state }) => state !== 'discharged')
  const own = new Map(facts.requirements.map((entry) => [entry.id, ownVerdict(entry, cases, open)]))
  const requirements = facts.requirements.map((entry) => settleRequirement(entry, { cases, open, own }))
  const filtered = facts.filters.only.length > 0 || facts.filters.skip.length > 0
  const verdict = runVerdict(requirements.map((requirement) => requirement.verdict), filtered)
  const counts = count({ requirements, cases, cells: mergedCells(cases) })
  const remains = { leftovers: facts.footprint.leftovers.length, unverified: facts.footprint.unverified.length }
  return {
    runId: facts.runId,
    target: facts.target,
    profile: facts.profile,
    filters: facts.filters,
    startedAt: facts.startedAt,
    finishedAt: facts.finishedAt,
    timings: facts.timings,
    platform: facts.platform,
    verifier: facts.verifier,
    footprint: facts.footprint,
    cases,
    requirements,
    verdict,
    counts,
    exitCode: exitCodeOf(verdict, remains),
    meaning: meaningOf(verdict, counts, { filtered, ...remains }),
    scope: scopes[facts.target],
  }
}

/** What evidence about a target may be used for. */
export const scopes = {
  sandbox:
    'This is evidence from the local sandbox: a real cluster, built and run on one machine. It can never be counted as evidence about a real account.',
  lke: 'This is evidence about the real Akamai Linode account and cluster named below, at the time of the run.',
} as const

function ownVerdict(entry: CatalogueEntry, cases: readonly CaseResult[], open: readonly Discharge[]): readonly Verdict[] {
  return [...cases.filter((one) => one.requirements.includes(entry.id)).map((one) => one.verdict), ...openOf(entry, open).map(({ verdict }) => verdict)]
}

interface OpenUnknown { readonly verdict: Verdict, readonly sentence: string }

/** What a policy could not know about a requirement, and no live case has seen to be right since: it is not satisfied by that policy. */
function openOf(entry: CatalogueEntry, open: readonly Discharge[]): OpenUnknown[] {
  return open.flatMap((one) => one.verdict !== undefined && one.finding.requirements.includes(entry.id) ? [{ verdict: one.verdict, sentence: dischargeInWords(one) }] : [])
}

interface Standing {
  readonly cases: readonly CaseResult[]
  readonly open: readonly Discharge[]
  readonly own: ReadonlyMap<string, readonly Verdict[]>
}

/** A story is as good as the worst of its scenarios (US-001.1 … of US-001) and of the cases that name the story itself. */
function settleRequirement(entry: CatalogueEntry, { cases, open, own }: Standing): RequirementResult {
  const direct = cases.filter((one) => one.requirements.includes(entry.id))
  const unknown = openOf(entry, open)
  const scenarios = [...own].filter(([id]) => entry.kind === 'story' && id.startsWith(`${entry.id}.`)).map(([id, parts]) => ({ id, verdict: worst(parts) }))
  const verdict = worst([...direct, ...unknown, ...scenarios].map((one) => one.verdict))
  const reason = reasonFor(verdict, { direct, unknown, scenarios })
  return {
    id: entry.id,
    kind: entry.kind,
    title: entry.title,
    stories: entry.stories,
    verdict,
    cases: direct.map((one) => one.id),
    ...(reason === undefined ? {} : { reason }),
  }
}

interface Parts {
  readonly direct: readonly CaseResult[]
  readonly unknown: readonly OpenUnknown[]
  readonly scenarios: readonly { id: string, verdict: Verdict }[]
}

function reasonFor(verdict: Verdict, { direct, unknown, scenarios }: Parts): string | undefined {
  if (verdict === 'satisfied') return undefined
  if (direct.length + unknown.length + scenarios.length === 0) return 'no case has been run for it'
  const guilty = direct.filter((one) => one.verdict === verdict)
  const first = guilty[0]
  const ids = scenarios.filter((scenario) => scenario.verdict === verdict).map((scenario) => scenario.id)
  const more = guilty.length > 1 ? ` (and ${guilty.length - 1} more of ${direct.length} cases)` : ''
  const said = first === undefined ? [] : [`${first.title}: ${first.reason ?? verdict}${more}`]
  const open = unknown.filter((one) => one.verdict === verdict).map(({ sentence }) => sentence)
  return [...said, ...open, ...(ids.length === 0 ? [] : [`${verdictInWords(verdict)} in ${ids.join(', ')}`])].join('; ')
}

function meaningOf(verdict: RunVerdict, counts: Counts, run: Remains & { filtered: boolean }): string {
  const all = total(counts.requirements)
  const words = countsInWords(counts.requirements)
  const sentences = {
    conformant: `Every one of ${all} requirements was observed (${words}).`,
    violated: `The platform does not do what its specification says: of ${all} requirements ${words}.`,
    indeterminate: `Not everything could be decided, and what was not observed is never a pass: of ${all} requirements ${words}.`,
    partial: `Nothing was found violated, but this run does not cover everything and cannot be called conformant: of ${all} requirements ${words}.`,
  }
  const filter = run.filtered ? ' Only a selection was run (--only or --skip).' : ''
  const left = run.leftovers > 0 ? ` The run left ${run.leftovers} of its own objects on the platform.` : ''
  const unseen = run.unverified > 0 ? ' Whether all that the run made is gone could not be seen.' : ''
  return `${sentences[verdict]}${filter}${left}${unseen}`
}

function refuseInconsistent(facts: RunFacts): void {
  const known = new Set(facts.requirements.map((entry) => entry.id))
  const seen = new Set<string>()
  for (const one of facts.cases) {
    if (seen.has(one.id)) throw new Error(`Expected every case id once in run ${facts.runId}, but ${one.id} is there twice; make the titles in ${one.file} distinct.`)
    seen.add(one.id)
    const unknown = one.requirements.find((id) => !known.has(id))
    if (unknown !== undefined) {
      throw new Error(`Expected case ${one.id} (${one.file}) to name requirements of the catalogue, but ${unknown} is not in it; correct the tag or the catalogue.`)
    }
  }
}
