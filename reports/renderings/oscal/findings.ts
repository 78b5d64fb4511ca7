import type { Quarterly, RequirementResult, Results } from '../../model/results.ts'
import { verdictInWords, type Verdict } from '../../model/verdict.ts'
import { familyOf, statementId } from './controls.ts'
import { actors, prop, some } from './document.ts'
import { uuidOf } from './identity.ts'
import { markup, moment } from './text.ts'
import type { Finding, Property, RelatedObservation } from './types.ts'

/** What OSCAL has for each verdict, and what the verdict means. Only `satisfied` is satisfied. */
const standings: Readonly<Record<Verdict, { readonly reason: 'pass' | 'fail' | 'other', readonly meaning: string }>> = {
  'satisfied': { reason: 'pass', meaning: 'Observed, and as required.' },
  'violated': { reason: 'fail', meaning: 'Observed, and not as required.' },
  'indeterminate': { reason: 'other', meaning: 'Looked at, and the world did not let it be decided. It is no pass.' },
  'waived': { reason: 'other', meaning: 'Violated or open, and accepted by somebody with a name until a date. It is no pass.' },
  'not-applicable': { reason: 'other', meaning: 'Shown not to apply to this platform. It is no pass, since nothing was satisfied.' },
  'not-run': { reason: 'other', meaning: 'It, or a part of it, was not looked at. It is no pass.' },
  'stale': { reason: 'other', meaning: 'Observed too long ago to count. It is no pass.' },
}

/** One finding per requirement, about its statement in the catalog. */
export function findingsOf(results: Results): readonly Finding[] {
  return results.requirements.map((one) => findingOf(results, one))
}

export function findingOf(results: Results, one: RequirementResult): Finding {
  const { reason, meaning } = standings[one.verdict]
  return {
    'uuid': uuidOf(results, 'finding', one.id),
    'title': markup(`${one.id} is ${verdictInWords(one.verdict)}`),
    'description': markup(one.reason ?? `Every case of ${one.id} was observed, and held: ${one.title}`),
    'props': [prop('requirement', one.id), prop('verdict', one.verdict), ...casesNotRun(results, one), ...(results.quarterly ?? []).filter(({ requirement }) => requirement === one.id).flatMap(quarterlyProps)],
    'origins': [{ actors: actors(results) }],
    'target': {
      'type': 'statement-id',
      'target-id': statementId(one.id),
      'status': { state: one.verdict === 'satisfied' ? 'satisfied' : 'not-satisfied', reason, remarks: markup(meaning) },
    },
    ...some('related-observations', relatedObservations(results, one)),
  }
}

/** The observations that the verdict rests on; of a story also those of its scenarios. */
export function relatedObservations(results: Results, one: RequirementResult): readonly RelatedObservation[] {
  const ids = new Set(familyOf(one, results.requirements).flatMap(({ cases }) => cases))
  return results.cases.filter(({ id, verdict }) => ids.has(id) && verdict !== 'not-run').map(({ id }) => ({ 'observation-uuid': uuidOf(results, 'observation', id) }))
}

function casesNotRun(results: Results, one: RequirementResult): readonly Property[] {
  return results.cases.filter(({ id, verdict }) => one.cases.includes(id) && verdict === 'not-run').map(({ id, reason }) => prop('case-not-run', id, reason))
}

/** How a requirement stands that has to be proved once a quarter. It changes no verdict of this run. */
function quarterlyProps({ at, runId, stale, expires, command }: Quarterly): readonly Property[] {
  return [
    prop('quarterly-stale', String(stale), `Proved again with: ${command}`),
    ...(at === null ? [] : [prop('quarterly-proved', moment(at))]),
    ...(runId === null ? [] : [prop('quarterly-run', runId)]),
    ...(typeof expires === 'string' ? [prop('quarterly-expires', moment(expires))] : []),
  ]
}
