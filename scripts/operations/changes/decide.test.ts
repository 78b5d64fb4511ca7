import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals } from '../approvals/store.ts'
import type { Person } from '../people/people.ts'
import { peopleInFolder } from '../people/people.fixture.ts'
import type { Signer } from '../people/signer.ts'
import { decide, describeDecision, refuseUnapproved } from './decide.ts'
import { versionedBucket } from './versioned-bucket.fixture.ts'
import { digestOf } from './segmentation.ts'
import type { Segmentation } from './segmentation.ts'
import { recordSegmentation } from './segmentation-record.ts'

let people: Person[] = []
let as: (name: string) => Promise<Signer>
let remove: () => Promise<void>
beforeAll(async () => {
  ({ people, as, remove } = await peopleInFolder())
})
afterAll(async () => remove())

const old: Segmentation = { schemaVersion: '1.0.0', policies: [], linode: { firewalls: [], controlPlane: [], database: ['10.0.0.0/8'] } }
const wider: Segmentation = { ...old, linode: { ...old.linode, database: ['10.0.0.0/8', '192.0.2.0/24'] } }
const baseline: Parameters<typeof recordSegmentation>[1] = { actor: 'me', basis: 'baseline', reference: 'baseline', approvers: [], digest: digestOf(old), segmentation: old }

function world() {
  const bucket = versionedBucket()
  return { ...bucket, access: { client: bucket.client, audit: { bucket: 'audit', retentionDays: 90 }, people } }
}

async function asked(access: ReturnType<typeof world>['access'], author: string, approver?: string): Promise<string> {
  const store = approvals(access)
  const { id } = await store.request({ kind: 'segmentation', reason: 'payments', digest: digestOf(wider), description: [], details: {}, validForMinutes: 60 }, await as(author))
  if (approver !== undefined) await store.approve(id, await as(approver), 'approver')
  return id
}

test('the first provisioning is the baseline, and the same again needs nobody', async () => {
  const { access } = world()
  expect(await decide(old, undefined, access)).toMatchObject({ basis: 'baseline', reference: 'baseline' })
  await recordSegmentation(access, baseline)
  expect(await decide(old, undefined, access)).toMatchObject({ basis: 'unchanged', reference: 'baseline', differences: [] })
})

test('a difference without approval stops the run with what changes and how to ask', async () => {
  const { access } = world()
  await recordSegmentation(access, baseline)
  const decision = await decide(wider, undefined, access)
  expect(decision.basis).toBe('not approved')
  expect(() => refuseUnapproved(decision)).toThrow('nothing was applied.\n  + data store: allow connections from 192.0.2.0/24 (allow list)\nAsk for it:     npx plumbline change request --as NAME --reason REASON')
  expect(describeDecision(decision)[0]).toContain('approval needed: ask for it with')
})

test('an approval by somebody else counts, one that nobody gave does not', async () => {
  const { access } = world()
  await recordSegmentation(access, baseline)
  const id = await asked(access, 'engineer', 'reviewer')
  expect(await decide(wider, id, access)).toMatchObject({ basis: 'approved', reference: id, approvers: ['reviewer'], reason: 'approved by reviewer: payments' })
  await expect(decide(wider, await asked(access, 'reviewer'), access)).rejects.toThrow('and nobody has approved it')
  await expect(decide({ ...wider, linode: { ...wider.linode, controlPlane: ['everybody'] } }, id, access)).rejects.toThrow('is about something else than what would be done now')
})

test('what was approved and brought is in force, and its reference stays', async () => {
  const { access } = world()
  await recordSegmentation(access, baseline)
  const id = await asked(access, 'engineer', 'reviewer')
  const { reference, approvers, digest, segmentation } = await decide(wider, id, access)
  await recordSegmentation(access, { actor: 'me', basis: 'approved', reference, approvers, digest, segmentation })
  expect(await decide(wider, undefined, access)).toMatchObject({ basis: 'unchanged', reference: id })
  expect((await decide(old, undefined, access)).differences).toEqual(['- data store: allow connections from 192.0.2.0/24 (allow list)'])
})

test('records that nobody approved, hidden records and overwritten ones change nothing', async () => {
  const { access, hide, overwrite, keys } = world()
  await recordSegmentation(access, baseline)
  await recordSegmentation(access, { ...baseline, digest: digestOf(wider), segmentation: wider })
  await recordSegmentation(access, { ...baseline, basis: 'approved', reference: await asked(access, 'reviewer'), digest: digestOf(wider), segmentation: wider })
  expect(await decide(wider, undefined, access)).toMatchObject({ basis: 'not approved' })
  expect(await decide(old, undefined, access)).toMatchObject({ basis: 'unchanged' })
  const [first = ''] = keys('segmentation/')
  overwrite(first, JSON.stringify({ ...baseline, digest: digestOf(wider), segmentation: wider }))
  for (const key of keys('segmentation/')) hide(key)
  expect(await decide(wider, undefined, access)).toMatchObject({ basis: 'not approved' })
})

const named = (...names: string[]): NonNullable<Segmentation['people']> => people.filter(({ name }) => names.includes(name)).map(({ name, roles, key }) => ({ name, roles: [...roles].toSorted(), key }))
/** An installation whose platform file lists these people, and nobody else is known. */
const listed = (segmentation: Segmentation, ...names: string[]): Segmentation => ({ ...segmentation, people: named(...names) })

test('somebody else approves when people come, go, or get another role', async () => {
  const { access } = world()
  const staffed = listed(old, 'engineer', 'reviewer')
  await recordSegmentation(access, { ...baseline, digest: digestOf(staffed), segmentation: staffed })
  expect(await decide(staffed, undefined, access)).toMatchObject({ basis: 'unchanged' })
  const more = listed(old, 'engineer', 'reviewer', 'sre-one')
  expect(await decide(more, undefined, access)).toMatchObject({ basis: 'not approved', differences: [expect.stringMatching(/^\+ people: sre-one signs as .*approver.* with the key /) as string] })
  expect((await decide(listed(old, 'engineer'), undefined, access)).differences).toEqual([expect.stringMatching(/^- people: reviewer /)])
})

test('nobody approves the change that makes them an approver', async () => {
  const staffed = listed(old, 'engineer', 'reviewer')
  const more = listed(old, 'engineer', 'reviewer', 'sre-one')
  const { access } = world()
  const installation = { ...access, people: named('engineer', 'reviewer', 'sre-one') }
  await recordSegmentation(access, { ...baseline, digest: digestOf(staffed), segmentation: staffed })
  const store = approvals(installation)
  const { id } = await store.request({ kind: 'segmentation', reason: 'one more', digest: digestOf(more), description: [], details: {}, validForMinutes: 60 }, await as('engineer'))
  await store.approve(id, await as('sre-one'), 'approver')
  await expect(decide(more, id, installation)).rejects.toThrow('and nobody has approved it')
  await store.approve(id, await as('reviewer'), 'approver')
  expect(await decide(more, id, installation)).toMatchObject({ basis: 'approved', approvers: ['reviewer'] })
})

test('the first people of an installation need nobody, and are in force with what they approve', async () => {
  const { access } = world()
  await recordSegmentation(access, baseline)
  expect(await decide(listed(old, 'engineer', 'reviewer'), undefined, access)).toMatchObject({ basis: 'unchanged', digest: digestOf(old) })
  expect(await decide(listed(wider, 'engineer', 'reviewer'), undefined, access)).toMatchObject({ basis: 'not approved', digest: digestOf(listed(wider, 'engineer', 'reviewer')) })
})
