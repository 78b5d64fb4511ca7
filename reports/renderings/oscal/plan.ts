import type { CaseResult, RequirementResult, Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { renderCatalog } from './catalog.ts'
import { familyOf, reviewedControls } from './controls.ts'
import { assessmentAssets, documentResource, fileNames, metadataOf, platformComponent, platformSubject, prop, resultsName, resultsResource, some, toResource } from './document.ts'
import { uuidOf } from './identity.ts'
import { markup } from './text.ts'
import type { Activity, AssessmentPlan, AssessmentSubject, Part, Property, Task } from './types.ts'

/** What a case may do; which of the two it did is said by its observation. */
const methods: readonly [Property, Property] = [{ name: 'method', value: 'EXAMINE' }, { name: 'method', value: 'TEST' }]

/** An activity per requirement with a step per case that proves a part of it, and a task per case. */
export function planOf(results: Results): AssessmentPlan {
  const { requirements, cases } = results
  return {
    'uuid': uuidOf(results, 'document', fileNames.plan),
    'metadata': metadataOf(results, 'Assessment plan', [toResource(results, fileNames.catalog)]),
    'import-ssp': { href: toResource(results, resultsName).href, remarks: 'There is no system security plan in OSCAL. What was under test is described in results.json under platform.' },
    'local-definitions': { components: [platformComponent(results)], ...some('activities', requirements.map((one) => activityOf(results, one))) },
    'terms-and-conditions': { parts: [methodology, ...exclusions(results)] },
    'reviewed-controls': reviewedControls(results, (one) => familyOf(one, requirements).some((member) => member.cases.length > 0), 'Excluded are requirements for which the run had no case.'),
    'assessment-subjects': [subjectOf(results)],
    'assessment-assets': assessmentAssets(results),
    ...some('tasks', cases.map((one) => taskOf(results, one))),
    'back-matter': { resources: [documentResource(results, fileNames.catalog, renderCatalog(results), 'Requirements of the platform'), resultsResource(results)] },
  }
}

export function renderPlan(results: Results): string {
  return canonicalJson({ 'assessment-plan': planOf(results) })
}

const methodology: Part = {
  name: 'methodology',
  prose: 'Each case is a program that looks at the running platform and at what it has recorded. A denial counts only beside a control that the same probe let through, what could not be observed is indeterminate, and no case is repeated to get another outcome. This plan is rendered from the results after the run; what was frozen before the first case is plan.json.',
}

function exclusions({ filters: { only, skip } }: Results): readonly Part[] {
  const said = [...(only.length === 0 ? [] : [`Only ${only.join(', ')} was run.`]), ...(skip.length === 0 ? [] : [`${skip.join(', ')} was left out.`])]
  return said.length === 0 ? [] : [{ name: 'assessment-exclusions', prose: markup([...said, 'The run is partial.'].join(' ')) }]
}

function subjectOf(results: Results): AssessmentSubject {
  return { 'type': 'component', 'include-subjects': [platformSubject(results)] }
}

function activityOf(results: Results, one: RequirementResult): Activity {
  const own = new Set(familyOf(one, results.requirements).flatMap(({ cases }) => cases))
  const steps = results.cases.filter(({ id }) => own.has(id))
  return {
    'uuid': uuidOf(results, 'activity', one.id),
    'title': markup(`Prove ${one.id}`),
    'description': markup(one.title),
    'props': [...methods, prop('requirement', one.id)],
    ...some('steps', steps.map(({ id, title, file }) => ({ uuid: uuidOf(results, 'step', one.id, id), title: markup(id), description: markup(title), ...some('props', [prop('case', id), prop('file', file)]) }))),
    'related-controls': reviewedControls({ ...results, requirements: [one] }, () => true, 'The requirement that the activity is about.'),
    'remarks': steps.length === 0 ? 'The run had no case for it.' : 'Every step has to hold.',
  }
}

function taskOf(results: Results, { id, title, file, requirements }: CaseResult): Task {
  const [first, ...more] = [...new Set(requirements)].map((requirement) => ({ 'activity-uuid': uuidOf(results, 'activity', requirement), 'subjects': [subjectOf(results)] as const }))
  if (first === undefined) throw new TypeError(`Expected the case ${id} to name a requirement.`)
  return {
    'uuid': uuidOf(results, 'task', id),
    'type': 'action',
    'title': markup(id),
    'description': markup(title),
    'props': [prop('case', id), prop('file', file)],
    'associated-activities': [first, ...more],
  }
}
