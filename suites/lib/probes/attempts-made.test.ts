import { expect, test } from 'vitest'
import { escalations } from '../../intent/escalations.ts'
import { absent, refused, worldFor } from './attempts.fixture.ts'
import { attemptsEach, makeAttempts } from './attempts-made.ts'
import type { Call, CallAnswer } from '../platform/calls.ts'

/** As a canary is answered: let through, but for what the API server refuses by itself. */
function canary({ path, body }: Call): CallAnswer {
  const boundary = escalations.find((row) => row.boundary !== undefined && path.includes(`canary-x-${executable.indexOf(row.id)}`) && body !== undefined)?.boundary
  return boundary === undefined ? absent : refused(`because of ${boundary}`)
}
const executable = escalations.filter((row) => row.form !== 'review' && row.asks.length > 0).map(({ id }) => id)

test('every row is tried by its canary, each identity tries its share, and what is refused is no fault', async () => {
  const { judged, tried } = await makeAttempts(worldFor((call, who) => who === 'canary' ? canary(call) : refused('no'), ['production/default', 'audit/audit-forwarder']))
  expect(judged.flatMap(({ fault, doubt }) => fault ?? doubt ?? [])).toEqual([])
  expect(judged).toHaveLength(executable.length + 2 * attemptsEach)
  expect(new Set(tried.map(({ mark }) => mark)).size).toBe(2 * attemptsEach)
  expect(tried[0]).toMatchObject({ mark: 'attempt-x-0', user: 'system:serviceaccount:production:default', status: 403 })
})

test('who is let through is a fault, also when what was asked for does not exist', async () => {
  const { judged } = await makeAttempts(worldFor((call, who) => who === 'canary' ? canary(call) : absent, ['production/default']))
  expect(judged.flatMap(({ fault }) => fault ?? [])[0]).toContain('expected production/default to be refused "read a Secret by its name" (A1) when it tries, but it was let through (404 not found)')
})

test('a canary that is refused makes its row a doubt, and an answer that is no refusal does too', async () => {
  const { judged } = await makeAttempts(worldFor((call, who) => who === 'canary' ? (call.path.includes('canary-x-0') ? refused('no') : canary(call)) : { verdict: 'error', status: 401, message: 'Unauthorized', body: {} }, ['production/default']))
  const doubts = judged.flatMap(({ doubt }) => doubt ?? [])
  expect(doubts[0]).toBe('expected the canary of A1 to be let through, but the answer was 403 no: its attempt proves nothing')
  expect(doubts[1]).toContain('expected production/default to be refused "read a Secret by its name" (A1) with 403 Forbidden, but the answer was 401 Unauthorized, which is no denial')
})
