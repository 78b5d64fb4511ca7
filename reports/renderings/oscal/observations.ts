import { accessMatrixOf } from '../../model/drawn.ts'
import type { CaseResult, Evidence, Results } from '../../model/results.ts'
import { verdictInWords } from '../../model/verdict.ts'
import { actors, hrefOf, inResults, platformSubject, prop, resourceOf, resultsName, some, toResource } from './document.ts'
import { uuidOf } from './identity.ts'
import { markup, moment } from './text.ts'
import type { Method, Observation, RelevantEvidence, Resource } from './types.ts'

/**
 * One observation per case that was looked at. A case that was not run has none: nothing was observed and at no time, and a reader that knows nothing of our
 * properties must not count it. Its findings name it instead.
 */
export function observationsOf(results: Results): readonly Observation[] {
  return results.cases.flatMap((one, index) => (one.verdict === 'not-run' ? [] : [observationOf(results, one, index)]))
}

function observationOf(results: Results, one: CaseResult, index: number): Observation {
  const recorded = one.evidence.flatMap((evidence, place) => (evidence.data === undefined && evidence.raw === undefined ? [] : [{ evidence, pointer: `/cases/${index}/evidence/${place}` }]))
  const expires = expiryOf(results, one)
  return {
    'uuid': uuidOf(results, 'observation', one.id),
    'title': markup(one.title),
    'description': markup(one.reason === undefined ? `Found ${verdictInWords(one.verdict)}.` : `Found ${verdictInWords(one.verdict)}: ${one.reason}`),
    'props': [prop('case', one.id), prop('verdict', one.verdict), prop('file', one.file), ...one.requirements.map((id) => prop('requirement', id))],
    'links': [inResults(results, `/cases/${index}`)],
    'methods': methodsOf(one.evidence),
    'types': ['control-objective'],
    'origins': [{ 'actors': actors(results), 'related-tasks': [{ 'task-uuid': uuidOf(results, 'task', one.id) }] }],
    'subjects': [platformSubject(results)],
    ...some('relevant-evidence', recorded.map(({ evidence, pointer }) => relevant(results, evidence, pointer))),
    'collected': collectedAt(results, one),
    ...(expires === undefined ? {} : { expires }),
  }
}

const exercising: ReadonlySet<Evidence['kind']> = new Set(['reachability', 'command', 'timing', 'drill'])

/**
 * TEST when what the case recorded is what came of exercising the platform, EXAMINE when it is what the case read: an observation, a chart, what policies said
 * of documents. A case that recorded nothing was a test nevertheless.
 */
export function methodsOf(evidence: readonly Evidence[]): readonly [Method, ...Method[]] {
  const tests = evidence.filter((one) => exercising.has(one.kind) || accessMatrixOf(one) !== undefined)
  if (tests.length === evidence.length) return ['TEST']
  return tests.length === 0 ? ['EXAMINE'] : ['EXAMINE', 'TEST']
}

/** A raw file is referred to as it lies in the folder and by its resource, which has the digest; anything else by its place in results.json. */
function relevant(results: Results, evidence: Evidence, pointer: string): RelevantEvidence {
  const { raw, title, kind, at } = evidence
  return {
    href: raw === undefined ? `${resultsName}#${pointer}` : hrefOf(raw.path),
    description: markup(title),
    props: [prop('kind', kind), prop('at', moment(at))],
    links: raw === undefined ? [inResults(results, pointer)] : [toResource(results, raw.path), inResults(results, pointer)],
  }
}

/** When the last of it was seen, else when the case began; of a case without any time it is only known to have been before the end of the run. */
function collectedAt({ finishedAt }: Results, { evidence, startedAt }: CaseResult): string {
  const times = evidence.map(({ at }) => moment(at)).toSorted()
  return times.at(-1) ?? moment(startedAt ?? finishedAt)
}

/** Of a drill that proves something for a quarter: when that ends. Known when this run is the one that the results name as the proof. */
function expiryOf({ runId, quarterly = [] }: Results, { requirements, verdict, evidence }: CaseResult): string | undefined {
  if (verdict !== 'satisfied' || !evidence.some(({ kind }) => kind === 'drill')) return undefined
  const ends = quarterly.filter((one) => one.runId === runId && requirements.includes(one.requirement)).flatMap(({ expires }) => (typeof expires === 'string' ? [moment(expires)] : []))
  return ends.toSorted()[0]
}

/** The raw files that these cases name, each once, with the digest that the evidence has of it. */
export function rawResources(results: Results, cases: readonly CaseResult[]): readonly Resource[] {
  const named = cases.flatMap(({ evidence }) => evidence).flatMap(({ raw, title }) => (raw === undefined ? [] : [{ ...raw, title }]))
  return [...new Map(named.map((raw) => [raw.path, raw])).values()].map(({ path, sha256, title }) => resourceOf(results, { path, sha256, title, description: 'Raw evidence, redacted.' }))
}
