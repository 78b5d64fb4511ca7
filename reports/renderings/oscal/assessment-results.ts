import type { CaseResult, Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { renderCatalog } from './catalog.ts'
import { reviewedControls } from './controls.ts'
import { documentResource, fileNames, metadataOf, prop, resultsResource, some, toResource } from './document.ts'
import { findingsOf, relatedObservations } from './findings.ts'
import { uuidOf } from './identity.ts'
import { observationsOf, rawResources } from './observations.ts'
import { renderPlan } from './plan.ts'
import { markup, moment } from './text.ts'
import type { AssessmentResults, LogEntry } from './types.ts'

export function assessmentResultsOf(results: Results): AssessmentResults {
  const { runId, verdict, exitCode, meaning, scope, startedAt, finishedAt, cases } = results
  return {
    'uuid': uuidOf(results, 'document', fileNames.results),
    'metadata': metadataOf(results, 'Assessment results', [toResource(results, fileNames.catalog)]),
    'import-ap': { href: toResource(results, fileNames.plan).href },
    'results': [{
      'uuid': uuidOf(results, 'result', runId),
      'title': markup(`Run ${runId}: ${verdict}`),
      'description': markup(meaning),
      'start': moment(startedAt),
      'end': moment(finishedAt),
      'props': [prop('verdict', verdict), prop('exit-code', String(exitCode))],
      'reviewed-controls': reviewedControls(results, (one) => relatedObservations(results, one).length > 0, 'Excluded are requirements of which nothing was observed in this run.'),
      ...logOf(results),
      ...some('observations', observationsOf(results)),
      ...some('findings', findingsOf(results)),
      'remarks': markup(scope),
    }],
    'back-matter': {
      resources: [
        documentResource(results, fileNames.catalog, renderCatalog(results), 'Requirements of the platform'),
        documentResource(results, fileNames.plan, renderPlan(results), 'Assessment plan'),
        resultsResource(results),
        ...rawResources(results, cases),
      ],
    },
  }
}

export function renderAssessmentResults(results: Results): string {
  return canonicalJson({ 'assessment-results': assessmentResultsOf(results) })
}

/** When each case ran. Nothing is logged for a case without a time. */
function logOf(results: Results) {
  const entries = results.cases.flatMap((one) => (one.startedAt === undefined ? [] : [entryOf(results, one, one.startedAt)]))
  const { entries: filled } = some('entries', entries)
  return filled === undefined ? {} : { 'assessment-log': { entries: filled } }
}

function entryOf(results: Results, { id, durationMs }: CaseResult, startedAt: string): LogEntry {
  return {
    'uuid': uuidOf(results, 'log-entry', id),
    'title': markup(id),
    'start': moment(startedAt),
    ...(durationMs === undefined ? {} : { end: new Date(Date.parse(startedAt) + durationMs).toISOString() }),
    'related-tasks': [{ 'task-uuid': uuidOf(results, 'task', id) }],
  }
}
