import { expect, test } from 'vitest'
import { objectives } from './objectives.ts'
import { promptness } from './promptness.ts'

const from = new Date('2026-11-23T10:00:00.000Z')
const after = (seconds: number) => new Date(from.getTime() + seconds * 1000)

test.each([[0, true], [299, true], [300, true], [300.001, false], [301, false]])('an alert after %d s is in time: %s (US-003.4)', (seconds, inTime) => {
  expect(promptness({ from, to: after(seconds), atMost: objectives.escalationAlert })).toEqual({ seconds, atMost: 300, inTime })
})

test.each([[59, true], [60, true], [61, false]])('an event after %d s is in time: %s (NFR-004)', (seconds, inTime) => {
  expect(promptness({ from, to: after(seconds), atMost: objectives.provisioningEvent })).toEqual({ seconds, atMost: 60, inTime })
})

test('an end before the beginning, or none, is not judged', () => {
  expect(() => promptness({ from, to: after(-1), atMost: 60 })).toThrow('expected an end at or after 2026-11-23T10:00:00.000Z, got 2026-11-23T09:59:59.000Z')
  expect(() => promptness({ from, to: new Date('x'), atMost: 60 })).toThrow('got no time')
})
