import { expect, test } from 'vitest'
import type { Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { sha256 } from '../../sealing/digest.ts'
import { referenceFaults } from './index.ts'
import { documentsOf, samples } from './samples.ts'

type Edit = (content: string) => string

/** The folder as it would be published; `edit` changes the content of one document, and its digest with it. */
function folderOf(results: Results, edited = '', edit: Edit = (content) => content) {
  const documents = new Map([...documentsOf(results)].map(([name, content]): [string, string] => [name, name === edited ? edit(content) : content]))
  const raw = results.cases.flatMap(({ evidence }) => evidence).flatMap((one) => (one.raw === undefined ? [] : [one.raw]))
  const digests = new Map([...documents].map(([name, content]): [string, string] => [name, sha256(content)]))
  digests.set('results.json', sha256(canonicalJson(results)))
  for (const { path, sha256: digest } of raw) digests.set(path, digest)
  return { documents, digests, results }
}

test.each(Object.entries(samples))('everything leads to what it names (%s)', (_, sample) => {
  expect(referenceFaults(folderOf(sample()))).toEqual([])
})

const results = samples['every verdict, a raw file']?.() ?? expect.unreachable()
const instead = (from: RegExp, to: string): Edit => (content) => {
  expect(content).toMatch(from)
  return content.replace(from, to)
}
const other = '00000000-0000-5000-8000-000000000000'

test.each<[string, string, Edit, string]>([
  ['an observation that is not there', 'assessment-results.oscal.json', instead(/"observation-uuid":"[^"]+"/, `"observation-uuid":"${other}"`), `observation-uuid ${other} leads to nothing (related-observations).`],
  ['a task that the plan does not have', 'assessment-results.oscal.json', instead(/"task-uuid":"[^"]+"/, `"task-uuid":"${other}"`), `task-uuid ${other} leads to nothing (related-tasks).`],
  ['a component that the plan does not have', 'assessment-results.oscal.json', instead(/"subject-uuid":"[^"]+"/, `"subject-uuid":"${other}"`), `subject-uuid ${other} leads to nothing (subjects).`],
  ['an activity that is not there', 'assessment-plan.oscal.json', instead(/"activity-uuid":"[^"]+"/, `"activity-uuid":"${other}"`), `activity-uuid ${other} leads to nothing (associated-activities).`],
  ['a finding that is not there', 'poam.oscal.json', instead(/"finding-uuid":"[^"]+"/, `"finding-uuid":"${other}"`), `finding-uuid ${other} leads to nothing (related-findings).`],
  ['a control that is not in the catalog', 'assessment-results.oscal.json', instead(/"control-id":"FR-001"/, '"control-id":"FR-999"'), 'control-id FR-999 leads to nothing (include-controls).'],
  ['a statement that is not in the catalog', 'assessment-results.oscal.json', instead(/"statement-ids":\["FR-001_smt"\]/, '"statement-ids":["FR-999_smt"]'), 'statement-ids FR-999_smt leads to nothing (include-controls).'],
  ['a target that is not in the catalog', 'assessment-results.oscal.json', instead(/"target-id":"FR-001_smt"/, '"target-id":"FR-999_smt"'), 'target-id FR-999_smt leads to nothing (target).'],
  ['a plan that is no resource', 'assessment-results.oscal.json', instead(/"import-ap":\{"href":"[^"]+"/, `"import-ap":{"href":"#${other}"`), `href #${other} leads to nothing (import-ap).`],
  ['a file that is not there', 'assessment-results.oscal.json', instead(/"href":"raw\/[^"]+"/, '"href":"raw/none.json"'), 'href raw/none.json leads to no file of the run (rlinks).'],
  ['a place that results.json does not have', 'assessment-results.oscal.json', instead(/"href":"results.json#\/cases\/0\/evidence\/0"/, '"href":"results.json#/cases/999/evidence/0"'), 'results.json has nothing at /cases/999/evidence/0 (relevant-evidence).'],
  ['a place in a resource that it does not have', 'assessment-plan.oscal.json', instead(/"resource-fragment":"\/platform"/, '"resource-fragment":"/platform/moon"'), 'results.json has nothing at /platform/moon (links).'],
  ['a digest of something else', 'assessment-results.oscal.json', instead(/"value":"[0-9a-f]{64}"/, `"value":"${'0'.repeat(64)}"`), `not ${'0'.repeat(64)} (rlinks).`],
  ['a story that is not in the catalog', 'catalog.oscal.json', instead(/"href":"#US-001"/, '"href":"#US-009"'), 'href #US-009 leads to nothing (links).'],
])('%s is named', (_, name, edit, sentence) => {
  expect(referenceFaults(folderOf(results, name, edit)).filter((fault) => fault.includes(sentence))).toHaveLength(1)
})

test('a UUID that is given twice and a document that is no JSON are named', () => {
  const twice = (content: string) => content.replaceAll(/"types":\["control-objective"\],"uuid":"[^"]+"/g, `"types":["control-objective"],"uuid":"${other}"`)
  expect(referenceFaults(folderOf(results, 'assessment-results.oscal.json', twice))).toContain(`assessment-results.oscal.json gives the UUID ${other} more than once.`)
  expect(referenceFaults(folderOf(results, 'catalog.oscal.json', () => '{'))[0]).toContain('catalog.oscal.json cannot be read as JSON (')
})

test('an edited plan no longer has the digest that the assessment results have of it', () => {
  const faults = referenceFaults(folderOf(results, 'assessment-plan.oscal.json', (content) => content.replace('"Prove FR-001"', '"Prove FR-001!"')))
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain('assessment-results.oscal.json: assessment-plan.oscal.json has the SHA-256')
})
