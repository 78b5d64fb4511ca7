import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { verdicts } from '../../model/verdict.ts'
import { sha256 } from '../../sealing/digest.ts'
import { documentsOf, resultsOf, samples } from './samples.ts'

const source = readFileSync(join(import.meta.dirname, 'oscal-1.2.2.schema.json'), 'utf8')
const schema = z.looseObject({ $id: z.string() }).parse(JSON.parse(source))

// The schema of each model by itself: errors of the whole are those of eight models at once.
const models: Readonly<Record<string, readonly [root: string, definition: string]>> = {
  'catalog.oscal.json': ['catalog', 'oscal-complete-oscal-catalog:catalog'],
  'assessment-plan.oscal.json': ['assessment-plan', 'oscal-complete-oscal-ap:assessment-plan'],
  'assessment-results.oscal.json': ['assessment-results', 'oscal-complete-oscal-ar:assessment-results'],
  'poam.oscal.json': ['plan-of-action-and-milestones', 'oscal-complete-oscal-poam:plan-of-action-and-milestones'],
}

const noBlanks = /^[!-~]+$/
const ajv = new Ajv({
  strict: false, allErrors: true,
  formats: {
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
    'uri': (text: string) => URL.canParse(text) && noBlanks.test(text),
    'uri-reference': (text: string) => URL.canParse(text, 'https://example.com/') && noBlanks.test(text),
    'email': /^.+@.+$/,
  },
}).addSchema(schema)
const validators = new Map(Object.entries(models).map(([name, [, definition]]): [string, ValidateFunction] => [name, ajv.compile({ $ref: `${schema.$id}#/definitions/${definition}` })]))

function errorsOf(name: string, content: string): readonly string[] {
  const document = z.record(z.string(), z.unknown()).parse(JSON.parse(content))
  const validate = validators.get(name)
  const [root = ''] = models[name] ?? []
  if (validate === undefined) return [`no model for ${name}`]
  expect(Object.keys(document)).toEqual([root])
  validate(document[root])
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
}

test('the schema is the one whose source is written down', () => {
  expect(sha256(source)).toBe('cc97fde238ad26fc2f40c55115c12bb624ee9952bdcc7d4d8ebb04bb37496685')
  expect(readFileSync(join(import.meta.dirname, 'oscal-1.2.2.schema.md'), 'utf8')).toContain(sha256(source))
})

describe.each(Object.entries(samples))('of a run with %s', (_, sample) => {
  const documents = documentsOf(sample())
  test('there are the catalog, the plan, the results and, when something is open, the plan of action', () => {
    expect([...documents.keys(), 'poam.oscal.json'].slice(0, 4)).toEqual(Object.keys(models))
  })
  test.each([...documents])('%s is OSCAL 1.2.2 by its schema', (name, content) => {
    expect(errorsOf(name, content)).toEqual([])
  })
})

test.each<[string, string, string]>([
  ['an empty list', '"methods":["EXAMINE"]', '"methods":[]'],
  ['a line end in a string', '"value":"satisfied"', '"value":"satis\\nfied"'],
  ['a blank at the edge of a string', '"value":"satisfied"', '"value":" satisfied"'],
  ['a UUID of version 1', '-5', '-1'],
  ['a state of our own', '"state":"not-satisfied"', '"state":"indeterminate"'],
  ['a time without a zone', '"collected":"2025-11-23T02:01:12.500Z"', '"collected":"2025-11-23T02:01:12.500"'],
  ['a member that OSCAL does not have', '"methods":', '"verdict":1,"methods":'],
  ['a blank in a reference', '"href":"results.json#/', '"href":"results json#/'],
])('the schema refuses %s, so it is asked at all', (_, from, to) => {
  const name = 'assessment-results.oscal.json'
  const content = documentsOf(samples['every verdict, a raw file']?.() ?? expect.unreachable()).get(name) ?? ''
  expect(content).toContain(from)
  expect(errorsOf(name, content.replace(from, to)).length).toBeGreaterThan(0)
})

test('whatever the ids and texts of a run, its documents are OSCAL', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 })
  const entry = fc.record({ id: text, kind: fc.constantFrom('story' as const, 'functional' as const), title: text, stories: fc.array(text, { maxLength: 2 }) })
  const entries = fc.uniqueArray(entry, { maxLength: 4, selector: ({ id }) => id })
  fc.assert(fc.property(entries, text, fc.constantFrom(...verdicts), (requirements, said, verdict) => {
    const cases = requirements.map(({ id }, index) => ({ id: `${said}${index}`, file: said, title: said, requirements: [id], verdict, reason: said, evidence: [] }))
    const documents = [...documentsOf(resultsOf({ requirements, cases }))]
    expect(documents.flatMap(([name, content]) => errorsOf(name, content))).toEqual([])
  }))
})
