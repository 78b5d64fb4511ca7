import { expect, test } from 'vitest'
import { provisioningEventSchema } from './events.ts'
import { eventOf } from './findings.ts'
import type { RunEnd } from './findings.ts'

const end: RunEnd = { id: '01M84YE8PF1QBG3V6RDRSTNF3Z', installation: { target: 'sandbox', secrets: ['s3cr3t'] }, startedAt: new Date(), phases: [{ phase: 'terraform init', seconds: 1 }], failure: undefined, interrupted: false }

test.each([
  ['success', undefined, false],
  ['failure', new Error('no'), false],
  ['interrupted', new Error('Interrupted by SIGINT.'), true],
] as const)('a run can end in %s', (outcome, failure, interrupted) => {
  const event = eventOf({ releases: [] }, { ...end, failure, interrupted })
  expect(event.outcome).toBe(outcome)
  expect(provisioningEventSchema.parse(event)).toEqual(event)
})

test('the reason is one sentence without secrets', () => {
  expect(eventOf({ releases: [] }, { ...end, failure: new Error('key s3cr3t is wrong\nand more') }).reason).toBe('key [removed] is wrong')
})

test('a run over an empty state is not incremental, one over resources is', () => {
  const state = { serial: 4, lineage: 'l', resources: 0 }
  expect(eventOf({ before: state, releases: [] }, end)).toMatchObject({ incremental: false, stateSerial: null })
  expect(eventOf({ before: { ...state, resources: 9 }, state, releases: [] }, end)).toMatchObject({ incremental: true, stateSerial: 4, stateLineage: 'l' })
})
