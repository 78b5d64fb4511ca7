import { hostname, userInfo } from 'node:os'
import { expect, test } from 'vitest'
import { provisioningEventSchema } from './events.ts'
import { isForsaken } from './stale-lock.ts'
import type { StateLock } from './stale-lock.ts'
import { eventOfKilled, isOver, startKey, startRecord, startRecordSchema } from './started.ts'
import { outlive, survivorsOf } from './survivors.ts'
import type { SeenProcess } from './survivors.ts'

const now = new Date()
const mine = startRecord({ target: 'sandbox', incremental: true, startedAt: now })
/** Above the highest process id that Linux gives. */
const nobody = 2 ** 22 + 1

test('a start record is what its schema says, and its key sorts by time', () => {
  expect(startRecordSchema.parse(mine)).toEqual(mine)
  expect(startKey({ startedAt: '2026-11-23T19:34:10.650Z', id: mine.id })).toBe(`provisioning-started/20261123T193410650Z-${mine.id}.json`)
})

test.each<[string, Partial<typeof mine>, boolean]>([
  ['this very process', {}, false],
  ['a process that is gone', { pid: nobody }, true],
  ['a process whose id is used by another one now', { processStart: '1' }, true],
  ['a run on another machine', { host: 'elsewhere', pid: nobody }, false],
  ['a run on another machine that began hours ago', { host: 'elsewhere', startedAt: new Date(now.getTime() - 4 * 3600 * 1000).toISOString() }, true],
])('%s is over or not', (_, more, over) => {
  expect(isOver({ ...mine, ...more }, now)).toBe(over)
})

test('the event of a killed run says interrupted, and why', () => {
  const event = eventOfKilled({ ...mine, pid: 42, host: 'ci-7' }, new Date(now.getTime() + 5000))
  expect(provisioningEventSchema.parse(event)).toMatchObject({
    id: mine.id, outcome: 'interrupted', incremental: true, durationMs: 5000, actor: mine.actor,
    reason: 'The run ended without a word (killed, or its machine was lost): process 42 on ci-7 is gone. The run that found this completes what it left.',
  })
})

const lock: StateLock = { id: 'l', who: `${userInfo().username}@${hostname()}`, created: new Date(now.getTime() + 1000), operation: 'OperationTypeApply' }
const child = (program: string, ...environment: string[]): SeenProcess => ({ pid: 9, program, environment })

test('a lock is given back only when its holder is provably dead', () => {
  const alibi = { killed: [mine], processes: [child('terraform', 'AWS_ACCESS_KEY_ID=another'), child('node', 'AWS_ACCESS_KEY_ID=ours')], accessKey: 'ours' }
  expect(isForsaken(lock, alibi)).toBe(true)
  expect(isForsaken({ ...lock, who: 'root@elsewhere' }, alibi)).toBe(false)
  expect(isForsaken({ ...lock, created: new Date(now.getTime() - 1000) }, alibi)).toBe(false)
  expect(isForsaken(lock, { ...alibi, killed: [] })).toBe(false)
  expect(isForsaken(lock, { ...alibi, processes: [child('terraform', 'AWS_ACCESS_KEY_ID=ours')] })).toBe(false)
})

test('children of a killed run are known by its id, and waited for', async () => {
  const at = [[child('terraform', 'PLUMBLINE_RUN=A'), child('helm', 'PLUMBLINE_RUN=B')], [child('helm', 'PLUMBLINE_RUN=B')]]
  expect(survivorsOf('A', at[0] ?? []).map(({ program }) => program)).toEqual(['terraform'])
  const looks = [...at]
  expect(await outlive(['A'], { signal: undefined, look: async () => Promise.resolve(looks.shift() ?? []) })).toEqual(['terraform (process 9)'])
  expect(looks).toHaveLength(0)
})
