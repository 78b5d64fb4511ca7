import { afterEach, expect, test } from 'vitest'
import { FakeApiServer } from '../platform/api-server.fixture.ts'
import { clientIn } from './https-client.ts'
import { requestLine, resultsOf } from './https.ts'

const server = new FakeApiServer()
afterEach(() => server.stop())

const ingress = { address: '198.51.100.10', domain: 'plumbline.internal', authority: 'PEM' }
const calls = [{ id: 'a', url: 'https://one.test/' }, { id: 'b', url: 'http://one.test/' }]

test('calls go to the load balancer\'s address, by the port of their scheme, and trust its authority alone', () => {
  expect(JSON.parse(requestLine(ingress, calls))).toMatchObject({
    ca: 'PEM', requests: [{ id: 'a', url: 'https://one.test/', address: '198.51.100.10:443' }, { id: 'b', url: 'http://one.test/', address: '198.51.100.10:80' }],
  })
})

test('results come in the order of the calls', () => {
  const printed = JSON.stringify({ results: [{ id: 'b', outcome: 'refused', phase: 'connect', ms: 1 }, { id: 'a', outcome: 'answered', status: 200, body: 'x', ms: 2 }] })
  expect(resultsOf(printed, calls)).toEqual([
    { id: 'a', outcome: 'answered', status: 200, body: 'x', milliseconds: 2, url: 'https://one.test/' },
    { id: 'b', outcome: 'refused', phase: 'connect', milliseconds: 1, url: 'http://one.test/' },
  ])
})

test('what the program did not say is not made up', () => {
  expect(() => resultsOf('panic: no', calls)).toThrow('expected the HTTPS probe to print its results, but it printed "panic: no"')
  expect(() => resultsOf('{"results":[]}', calls)).toThrow('expected the HTTPS probe to say what became of https://one.test/, but it did not')
})

test('a client outside the environments stands in a namespace of the run, and is started once', async () => {
  const platform = await server.start()
  const created: string[] = []
  const world = { platform, run: { label: '01h', created: (object: string) => void created.push(object), took: () => {} } }
  expect(await clientIn(world, 'outside')).toEqual({ namespace: 'plumbline-probe-https-01h', pod: 'probe-https-01h', container: 'client' })
  await clientIn(world, 'outside')
  expect(created).toEqual(['Namespace plumbline-probe-https-01h', 'Pod plumbline-probe-https-01h/probe-https-01h'])
})

test('a client that stands already is used, and none is started', async () => {
  const platform = await server.start()
  const created: string[] = []
  const client = { namespace: 'theirs', pod: 'there', container: 'client' }
  const world = { platform, run: { label: '03h', created: (object: string) => void created.push(object), took: () => {}, client } }
  expect(await clientIn(world, 'outside')).toBe(client)
  expect(created).toEqual([])
})

test('a client that cannot run is no statement about the ingress', async () => {
  server.faults = { podStatus: () => ({ phase: 'Failed', message: 'no room' }) }
  const platform = await server.start()
  const world = { platform, run: { label: '02h', created: () => {}, took: () => {} } }
  await expect(clientIn(world, 'staging')).rejects.toThrow('expected an HTTPS client to run in staging, but its pod ended (no room)')
})
