import { afterAll, beforeAll, expect, test } from 'vitest'
import { memoryBucket } from '../secrets/memory-bucket.fixture.ts'
import type { Person } from '../people/people.ts'
import { peopleInFolder } from '../people/people.fixture.ts'
import type { Signer } from '../people/signer.ts'
import { approversOf } from './judge.ts'
import { approvals } from './store.ts'

let people: Person[] = []
let as: (name: string) => Promise<Signer>
let remove: () => Promise<void>
beforeAll(async () => {
  ({ people, as, remove } = await peopleInFolder())
})
afterAll(async () => remove())

const digest = `sha256:${'a'.repeat(64)}`
const asked = { kind: 'override', reason: 'migration', digest, description: ['staging to production'], details: {}, validForMinutes: 60 } as const
const demand = (over: object = {}) => ({ digest, approvals: 1, role: 'approver' as const, people, now: new Date(), ...over })

function storeIn() {
  const bucket = memoryBucket()
  return { ...bucket, store: approvals({ client: bucket.client, audit: { bucket: 'audit', retentionDays: 90 }, people }) }
}

test('a request that somebody else approved counts, for exactly what it was made for', async () => {
  const { store } = storeIn()
  const { id } = await store.request(asked, await as('engineer'))
  await store.approve(id, await as('reviewer'), 'approver')
  const dossier = await store.read(id)
  expect(approversOf(dossier, demand())).toEqual(['reviewer'])
  expect(() => approversOf(dossier, demand({ digest: `sha256:${'b'.repeat(64)}` }))).toThrow('is about something else than what would be done now')
  expect(() => approversOf(dossier, demand({ approvals: 2 }))).toThrow('must be approved by 2 other people with the role approver, and only reviewer has approved it.')
  expect(() => approversOf(dossier, demand({ now: new Date(Date.now() + 3_600_001) }))).toThrow('make a new one and have it approved')
  expect((await store.list('override')).map(({ request }) => request.id)).toEqual([id])
  expect(await store.list('segmentation')).toEqual([])
})

test('nobody approves their own request, nor without the role', async () => {
  const { store } = storeIn()
  const { id } = await store.request(asked, await as('reviewer'))
  await expect(store.approve(id, await as('reviewer'), 'approver')).rejects.toThrow(`The request ${id} was made by reviewer, and nobody approves their own: ask sre-one or sre-two or sre-three.`)
  await expect(store.approve(id, await as('engineer'), 'approver')).rejects.toThrow('expected somebody with the role approver, and engineer has engineer')
  await expect(store.approve('nothing', await as('sre-one'), 'approver')).rejects.toThrow('There is no request "nothing"')
})

test('two names with one key are one person', async () => {
  const { store } = storeIn()
  const author = await as('engineer')
  const twin: Person = { name: 'twin', roles: ['approver'], key: author.key }
  const { request, approvals: given } = await store.read((await store.request(asked, author)).id)
  const approval = { schemaVersion: '1.0.0' as const, request: request.id, digest, approver: 'twin', approvedAt: new Date().toISOString() }
  expect(() => approversOf({ request, approvals: [...given, approval], notes: [] }, demand({ people: [...people, twin] }))).toThrow('and nobody has approved it')
})

test('what was changed after it was signed, or is signed by somebody else, is not trusted', async () => {
  const { store, objects } = storeIn()
  const { id } = await store.request(asked, await as('engineer'))
  const key = `approvals/${id}/request.json`
  const text = objects.get(key) ?? ''
  const envelope = JSON.parse(text) as { payload: string }
  const forged = Buffer.from(envelope.payload, 'base64').toString('utf8').replace('migration', 'mischief')
  objects.set(key, JSON.stringify({ ...envelope, payload: Buffer.from(forged).toString('base64') }))
  await expect(store.read(id)).rejects.toThrow('the signature of engineer does not fit what it says: it was changed after it was signed')
  const other = await store.request(asked, await as('engineer'))
  await expect(store.list('override')).rejects.toThrow('it was changed after it was signed')
  const distrusted: string[] = []
  expect((await store.list('override', (which) => distrusted.push(which))).map(({ request }) => request.id)).toEqual([other.id])
  expect(distrusted).toEqual([id])
  const strangers = approvals({ client: storeIn().client, audit: { bucket: 'audit', retentionDays: 90 }, people: [] })
  await expect(strangers.read(id)).rejects.toThrow('There is no request')
})
