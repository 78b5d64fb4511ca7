import type { V1NetworkPolicy } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals } from '../approvals/store.ts'
import type { Person } from '../people/people.ts'
import { peopleInFolder } from '../people/people.fixture.ts'
import type { Signer } from '../people/signer.ts'
import { memoryBucket } from '../secrets/memory-bucket.fixture.ts'
import { describe, digestOf, overrideOf } from './cells.ts'
import { standingOf } from './cluster.ts'
import type { OverridePolicies } from './cluster.ts'
import { overrides } from './overrides.ts'
import { policiesOf } from './policies.ts'
import { statusTable } from './status.ts'

const typed = { from: 'staging', to: 'production', port: '8080', protocol: 'tcp', fromPods: 'app=importer,tier=batch', toPods: undefined, minutes: '30' }
const override = overrideOf(typed)

let people: Person[] = []
let as: (name: string) => Promise<Signer>
let remove: () => Promise<void>
beforeAll(async () => {
  ({ people, as, remove } = await peopleInFolder())
})
afterAll(async () => remove())

/** A cluster in memory; `fails` makes the next creation fail, once. */
function world() {
  const standing: V1NetworkPolicy[] = []
  const fault = { left: 0, after: 0 }
  const policies: OverridePolicies = {
    list: async () => Promise.resolve(standing.map(standingOf)),
    make: async (policy) => {
      await Promise.resolve()
      if (fault.left > 0 && standing.length === fault.after) {
        fault.left -= 1
        throw new Error('the API server is away')
      }
      if (!standing.some(({ metadata }) => metadata?.namespace === policy.metadata?.namespace && metadata?.name === policy.metadata?.name)) standing.push(policy)
    },
    remove: async ({ namespace, name }) => {
      await Promise.resolve()
      standing.splice(standing.findIndex(({ metadata }) => metadata?.namespace === namespace && metadata.name === name), 1)
    },
  }
  const clock = { now: new Date() }
  const store = approvals({ client: memoryBucket().client, audit: { bucket: 'audit', retentionDays: 90 }, people })
  return { standing, fault, clock, store, all: overrides({ store, policies, people, now: () => clock.now }) }
}

test('what is typed becomes one way, described in words and digested', () => {
  expect(override).toEqual({ from: 'staging', to: 'production', port: 8080, protocol: 'TCP', fromPods: { app: 'importer', tier: 'batch' }, toPods: {}, minutes: 30 })
  expect(describe(override)).toEqual([
    'from the pods with app=importer and tier=batch of staging',
    'to every pod of production, TCP port 8080, by pod address and by service name',
    'for 30 minutes from its approval; nothing else is opened, and nothing the other way',
  ])
  expect(digestOf(override)).not.toBe(digestOf({ ...override, port: 8081 }))
})

test.each([
  [{ from: 'stagin' }, '--from is "stagin": expected an environment, one of development, staging, production, system. Did you mean staging?'],
  [{ to: 'staging' }, '--from and --to are both staging: an override opens a way from one environment to another.'],
  [{ port: '0' }, '--port is "0": expected a whole number from 1 to 65535.'],
  [{ port: '80-90' }, '--port is "80-90": expected a whole number from 1 to 65535.'],
  [{ protocol: 'SCTP' }, '--protocol is "SCTP": expected TCP or UDP.'],
  [{ minutes: '481' }, '--minutes is "481": expected a whole number from 1 to 480.'],
  [{ fromPods: 'app' }, '--from-pods is "app": expected a label of pods as name=value, or several with commas between them.'],
  [{ toPods: 'a=b,,' }, '--to-pods is "a=b,,": expected a label of pods as name=value, or several with commas between them.'],
])('%j is refused in one sentence', (wrong, sentence) => {
  expect(() => overrideOf({ ...typed, ...wrong })).toThrow(sentence)
})

test('it becomes two policies, each as narrow as the other', () => {
  const [out, into] = policiesOf('01KB4W6XQ4V8E9T3F2Y7Z5C1DA', override, new Date('2026-01-31T12:00:00Z'))
  const ports = [{ protocol: 'TCP', port: 8080 }]
  expect(out?.metadata).toMatchObject({
    name: 'override-01kb4w6xq4v8e9t3f2y7z5c1da', namespace: 'staging', labels: { 'plumbline.dev/override': '01kb4w6xq4v8e9t3f2y7z5c1da' },
    annotations: { 'plumbline.dev/approval': '01KB4W6XQ4V8E9T3F2Y7Z5C1DA', 'plumbline.dev/expires-at': '2026-01-31T12:00:00.000Z' },
  })
  const pods = { matchLabels: { app: 'importer', tier: 'batch' } }
  expect(out?.spec).toEqual({ podSelector: pods, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'production' } }, podSelector: { matchLabels: {} } }], ports }] })
  expect(into?.metadata?.namespace).toBe('production')
  expect(into?.spec).toEqual({ podSelector: { matchLabels: {} }, policyTypes: ['Ingress'], ingress: [{ _from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'staging' } }, podSelector: pods }], ports }] })
})

test('a request opens nothing, its author cannot approve it, and somebody else\'s approval opens it', async () => {
  const { all, standing, store } = world()
  const { id } = await all.request(override, 'migration', await as('reviewer'))
  await expect(all.approve(id, await as('reviewer'))).rejects.toThrow('nobody approves their own')
  expect(standing).toEqual([])
  expect((await all.list({ all: false })).map(({ state }) => state)).toEqual(['pending'])
  const opened = await all.approve(id, await as('sre-one'))
  expect(opened).toMatchObject({ id, state: 'active', author: 'reviewer', approvedBy: 'sre-one' })
  expect(standing.map(({ metadata }) => metadata?.namespace)).toEqual(['staging', 'production'])
  expect((await store.read(id)).notes.map(({ what, by }) => [what, by])).toEqual([['applied', 'sre-one']])
})

test('an approval whose opening failed half-way is completed by the next try, with the first end', async () => {
  const { all, standing, fault, clock } = world()
  const { id } = await all.request(override, 'migration', await as('engineer'))
  Object.assign(fault, { left: 1, after: 1 })
  await expect(all.approve(id, await as('reviewer'))).rejects.toThrow('the API server is away')
  expect((await all.list({ all: false })).map(({ state }) => state)).toEqual(['incomplete'])
  const first = standing[0]?.metadata?.annotations?.['plumbline.dev/expires-at']
  clock.now = new Date(Date.now() + 60_000)
  expect(await all.approve(id, await as('reviewer'))).toMatchObject({ state: 'active', expiresAt: first })
  expect(standing.map(({ metadata }) => metadata?.annotations?.['plumbline.dev/expires-at'])).toEqual([first, first])
})

test('it is over at its end, overdue when it is still there, and is not opened again', async () => {
  const { all, standing, clock } = world()
  const { id } = await all.request(override, 'migration', await as('engineer'))
  await all.approve(id, await as('reviewer'))
  clock.now = new Date(Date.now() + 31 * 60_000)
  expect((await all.list({ all: false })).map(({ state }) => state)).toEqual(['overdue'])
  standing.length = 0
  expect(await all.list({ all: false })).toEqual([])
  expect((await all.list({ all: true })).map(({ state }) => state)).toEqual(['expired'])
  await expect(all.approve(id, await as('sre-one'))).rejects.toThrow(`The override ${id} ended at`)
  await expect(all.close(id, await as('engineer'))).rejects.toThrow('is over already: nothing of it is in force')
})

test('who closes it is in its record, and it is not opened again', async () => {
  const { all, standing, store } = world()
  const { id } = await all.request(override, 'migration', await as('engineer'))
  await all.approve(id, await as('reviewer'))
  expect(await all.close(id, await as('sre-two'))).toMatchObject({ state: 'closed' })
  expect(standing).toEqual([])
  expect((await store.read(id)).notes.map(({ what, by }) => [what, by])).toEqual(expect.arrayContaining([['applied', 'reviewer'], ['closed', 'sre-two']]))
  await expect(all.approve(id, await as('sre-one'))).rejects.toThrow(`The override ${id} was closed by sre-two`)
})

test('a request of another kind is no override, and one without a reason is refused', async () => {
  const { all, store } = world()
  const { id } = await store.request({ kind: 'break-glass', reason: 'x', digest: digestOf(override), description: [], details: {}, validForMinutes: 1 }, await as('engineer'))
  await expect(all.approve(id, await as('reviewer'))).rejects.toThrow('is about break-glass, not an override')
  await expect(all.request(override, ' ', await as('engineer'))).rejects.toThrow('--reason is empty')
})

test('the table says who, what and how long', async () => {
  const { all, clock } = world()
  const { id } = await all.request(override, 'migration', await as('engineer'))
  const opened = await all.approve(id, await as('reviewer'))
  clock.now = new Date(Date.parse(opened.expiresAt ?? '') - 61_000)
  expect(statusTable(await all.list({ all: false }))).toEqual([`${id}  active      staging → production TCP/8080  1 min 1 s left  asked by engineer, approved by reviewer: migration`])
  expect(statusTable([])).toEqual(['No override is pending or open.'])
})
