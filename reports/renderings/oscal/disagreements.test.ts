import { describe, expect, it, test } from 'vitest'
import type { Results } from '../../model/results.ts'
import { oscalRenderings } from './index.ts'
import { documentsOf, samples } from './samples.ts'

function disagreements(results: Results, name: string, edit: (content: string) => string, compared = results): readonly string[] {
  const rendering = oscalRenderings.find((one) => one.name === name) ?? expect.unreachable()
  return rendering.disagreements(edit(rendering.render(results) ?? expect.unreachable()), compared)
}

describe.each(Object.entries(samples))('of a run with %s', (_, sample) => {
  it('every file agrees with its results', () => {
    const results = sample()
    const documents = documentsOf(results)
    expect(oscalRenderings.filter(({ name }) => documents.has(name)).flatMap((one) => one.disagreements(documents.get(one.name) ?? '', results))).toEqual([])
  })
})

const results = samples['every verdict, a raw file']?.() ?? expect.unreachable()
const gameday = samples['drills, waivers, unknowns']?.() ?? expect.unreachable()
const names = oscalRenderings.map(({ name }) => name)

test.each(names)('%s of another run disagrees', (name) => {
  expect(disagreements(results, name, (content) => content, { ...results, runId: '01K9Q4T5V8Z3N6M2R7X1C0B4D9' })).toEqual([
    `${name} disagrees with results.json about the run: it says 01K9Q4T5V8Z3N6M2R7X1C0B4D1, and results.json 01K9Q4T5V8Z3N6M2R7X1C0B4D9.`,
  ])
})

test.each(names)('%s that is no JSON disagrees', (name) => {
  expect(disagreements(results, name, () => '{')[0]).toContain(`${name} cannot be read as JSON (`)
})

test('a verdict that was changed is named, and so is a state that hides one', () => {
  const name = 'assessment-results.oscal.json'
  const verdict = (content: string) => content.replace(/("name":"requirement","ns":"[^"]+","value":"FR-009"\},\{"name":"verdict","ns":"[^"]+","value":)"violated"/, '$1"satisfied"')
  expect(disagreements(results, name, verdict)).toEqual([`${name} disagrees with results.json about the verdicts of the requirements: it says FR-009 satisfied, and results.json FR-009 violated.`])
  const state = (content: string) => content.replace('"state":"not-satisfied"', '"state":"satisfied"')
  expect(disagreements(results, name, state)).toEqual([`${name} disagrees with results.json about what is satisfied: it says US-001, and results.json does not.`])
  expect(disagreements(results, name, (content) => content.replace('"state":"not-satisfied"', '"state":"fine"'))).toHaveLength(1)
  const observed = (content: string) => content.replace(/("value":"pipeline\/versions"\},\{"name":"verdict","ns":"[^"]+","value":)"indeterminate"/, '$1"satisfied"')
  expect(disagreements(results, name, observed)).toEqual([`${name} disagrees with results.json about the verdicts of the cases: it says pipeline/versions satisfied, and results.json pipeline/versions indeterminate.`])
  const run = (content: string) => content.replace(/("name":"verdict","ns":"[^"]+","value":)"violated"\},\{"name":"exit-code"/, '$1"conformant"},{"name":"exit-code"')
  expect(disagreements(results, name, run)).toEqual([`${name} disagrees with results.json about the verdict of the run: it says conformant, and results.json violated.`])
  const digest = (content: string) => content.replace(/("hashes":\[\{"algorithm":"SHA-256","value":)"[^"]+"(\}\],"href":"raw)/, '$1"0"$2')
  expect(disagreements(results, name, digest)[0]).toContain('about the raw files: it says raw/')
})

test('what is left out or added is named', () => {
  const fewer = { ...results, requirements: results.requirements.slice(0, -5) }
  expect(disagreements(fewer, 'catalog.oscal.json', (content) => content, results)).toEqual(['catalog.oscal.json disagrees with results.json about the requirements: it does not say SC-003, SC-004, SC-005 and 2 more.'])
  const shorter = { ...results, cases: results.cases.slice(1) }
  expect(disagreements(results, 'assessment-plan.oscal.json', (content) => content, shorter)).toEqual(['assessment-plan.oscal.json disagrees with results.json about the cases: it says isolation/cross-environment-traffic, and results.json does not.'])
  const closed = { ...results, requirements: results.requirements.map((one) => (one.verdict === 'violated' ? { ...one, verdict: 'satisfied' as const } : one)) }
  expect(disagreements(closed, 'poam.oscal.json', (content) => content, results)[0]).toContain('about what is open: it does not say US-003 violated')
  const copy = (content: string) => content.replace('"state":"not-satisfied"', '"state":"satisfied"')
  expect(disagreements(results, 'poam.oscal.json', copy)[0]).toContain('poam.oscal.json disagrees with results.json about what is satisfied: it says US-003, and results.json does not.')
  expect(disagreements(gameday, 'poam.oscal.json', (content) => content.replace('"name":"waiver"', '"name":"favour"'))[0]).toContain('poam.oscal.json disagrees with results.json about')
})

test('what an older or newer renderer words otherwise agrees', () => {
  const reworded = (content: string) => content.replaceAll(/"(title|description|remarks)":"[^"]*"/g, '"$1":"otherwise"').replaceAll('"EXAMINE"', '"TEST"').replaceAll(/"end":"[^"]*",/g, '')
  expect(names.flatMap((name) => disagreements(results, name, reworded))).toEqual([])
})
