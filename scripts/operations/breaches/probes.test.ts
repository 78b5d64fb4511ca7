import { expect, test } from 'vitest'
import { endpoints } from '../../../suites/intent/endpoints.ts'
import type { Member } from '../../../suites/lib/probes/fleet.ts'
import { SharedProbes } from './probes.ts'
import type { Standing } from './probes.ts'

const signal = new AbortController().signal
const ready = (id: string): Member[] => endpoints.slice(0, 1).map((endpoint) => ({ endpoint, namespace: id, ready: true, ip: '10.0.0.1', node: 'node1', nodeAddress: '10.99.0.11', image: 'i' }))
const unready = (id: string): Member[] => endpoints.slice(0, 1).map((endpoint) => ({ endpoint, namespace: id, ready: false, why: 'no image' }))

/** A platform on which probes can be started, spoilt and cleared away; `made` holds the ids of those that stand. */
function platform(membersOf: (id: string) => Member[] = ready) {
  const made: string[] = []
  const state = { whole: true, starts: 0 }
  const start = (): Promise<Standing> => {
    state.starts += 1
    const id = `fleet-${String(state.starts)}`
    made.push(id)
    return Promise.resolve({
      probes: { fleet: { run: id, members: membersOf(id), milliseconds: 1 }, client: { namespace: id, pod: 'client', container: 'client' } },
      isWhole: () => Promise.resolve(state.whole),
      clearAway: () => { made.splice(made.indexOf(id), 1); return Promise.resolve() },
    })
  }
  return { made, state, start }
}

test('probes are used again while all of them are there', async () => {
  const { made, state, start } = platform()
  const probes = new SharedProbes(start)
  const first = await probes.ready(signal)
  expect(await probes.ready(signal)).toBe(first)
  expect(state.starts).toBe(1)
  await probes.drop()
  expect(made).toEqual([])
  await probes.drop()
})

test('when one is gone they are cleared away and made anew', async () => {
  const { made, state, start } = platform()
  const probes = new SharedProbes(start)
  await probes.ready(signal)
  state.whole = false
  expect((await probes.ready(signal))?.fleet.run).toBe('fleet-2')
  expect(made).toEqual(['fleet-2'])
})

test('a look that gets on without finds those that are there, and starts none', async () => {
  const { state, start } = platform()
  const probes = new SharedProbes(start)
  expect(await probes.whole()).toBeUndefined()
  const first = await probes.ready(signal)
  expect(await probes.whole()).toBe(first)
  state.whole = false
  expect(await probes.whole()).toBeUndefined()
  expect(state.starts).toBe(1)
})

test('when they cannot be had nothing is left standing, and it is not tried again', async () => {
  const { made, state, start } = platform(unready)
  const probes = new SharedProbes(start)
  expect(await probes.ready(signal)).toBeUndefined()
  expect(await probes.ready(signal)).toBeUndefined()
  expect({ made, starts: state.starts }).toEqual({ made: [], starts: 1 })
  expect(await new SharedProbes(() => Promise.reject(new Error('no cluster'))).ready(signal)).toBeUndefined()
})
