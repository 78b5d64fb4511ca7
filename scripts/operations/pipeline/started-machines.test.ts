import { expect, test } from 'vitest'
import { NeverStarted, waitingNow, whileMachinesStart } from './started-machines.ts'

const pool = (...statuses: string[]) => ({ id: 5, type: 'g6-standard-4', nodes: statuses.map((status, index) => ({ id: `5-${String(index)}`, status })) })

test('a machine is waited for from the first look that saw it not ready, and no longer once it is', () => {
  const first = waitingNow(new Map(), [pool('not_ready', 'ready')], 100)
  expect([...first]).toEqual([['5-0', { since: 100, what: 'a machine of g6-standard-4 for pool 5' }]])
  expect([...waitingNow(first, [pool('not_ready', 'not_ready')], 200).values()].map(({ since }) => since)).toEqual([100, 200])
  expect(waitingNow(first, [pool('ready', 'ready')], 200).size).toBe(0)
})

function account(status: string) {
  return { list: async (path: string) => Promise.resolve(path === '/lke/clusters' ? [{ id: 1, label: 'plumbline' }, { id: 2, label: 'other' }] : path === '/lke/clusters/1/pools' ? [pool(status)] : []) }
}
const untilAborted = async (signal: AbortSignal) => new Promise<string>((resolve, reject) => {
  signal.addEventListener('abort', () => { reject(signal.reason instanceof Error ? signal.reason : new Error('aborted')) })
  setTimeout(() => { resolve('ended by itself') }, 200)
})

test('work ends with what has not started and what to do, when a machine never does', async () => {
  await expect(whileMachinesStart({ account: account('not_ready'), cluster: 'plumbline', seconds: 0 }, untilAborted)).rejects.toThrow(NeverStarted)
  expect(new NeverStarted(['a machine of t for pool 5'], 60).message).toBe(
    'Linode accepted machines that have not started after 60 s: a machine of t for pool 5. The region has no capacity for the type, or Linode has a fault (https://status.linode.com). '
    + 'Choose another type or region in the platform file, or run `npx plumbline provision` again later; `--nodes-within` says how long to wait.')
})

test('work goes on while all are ready, while no time is up, and when nobody answers the looks', async () => {
  await expect(whileMachinesStart({ account: account('ready'), cluster: 'plumbline', seconds: 0 }, untilAborted)).resolves.toBe('ended by itself')
  await expect(whileMachinesStart({ account: account('not_ready'), cluster: 'plumbline', seconds: 60 }, untilAborted)).resolves.toBe('ended by itself')
  await expect(whileMachinesStart({ account: { list: async () => Promise.reject(new Error('503')) }, cluster: 'plumbline', seconds: 0 }, untilAborted)).resolves.toBe('ended by itself')
})
