import { mkdtemp, readFile, rm, stat, writeFile, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanBytes } from '../../../reports/redaction/scan.ts'
import { makeIdentity, readIdentity } from './identity.ts'
import type { AgeIdentity } from './identity.ts'
import { secretNamed } from './inventory.ts'
import { storedSecrets } from './known.ts'
import { memoryBucket } from './memory-bucket.fixture.ts'
import { openStore } from './store.ts'

const secret = secretNamed('staging', 'session-key')
const value = 'c2VjcmV0IHNlc3Npb24ga2V5IG9mIDMyIGJ5dGVzIQ=='
const folder = await mkdtemp(join(tmpdir(), 'plumbline-store-'))
let identity: AgeIdentity
let stranger: AgeIdentity
beforeAll(async () => {
  identity = await makeIdentity(join(folder, 'keys', 'secrets.agekey'))
  stranger = await makeIdentity(join(folder, 'stranger.agekey'))
})
afterAll(async () => rm(folder, { recursive: true }))

const stocked = async () => {
  const bucket = memoryBucket()
  const store = openStore({ client: bucket.client, bucket: 'b', identity })
  const version = await store.put(secret, { key: value }, 256)
  return { ...bucket, store, version }
}

test('a value comes back, and what lies in the bucket is age ciphertext and metadata without it', async () => {
  const { store, objects, version } = await stocked()
  expect(await store.current('staging', 'session-key')).toEqual({ key: value })
  expect(await store.current('staging', 'data-store')).toBeUndefined()
  expect([...objects.keys()]).toEqual([`staging/session-key/${version.version}.age`, `staging/session-key/${version.version}.json`])
  expect([...objects.values()][0]).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/)
  for (const text of objects.values()) expect(scanBytes(Buffer.from(text), [{ name: 'value', value }])).toEqual([])
  expect(version).toMatchObject({ owner: 'application-team', consumers: ['staging/sample-service'], periodDays: 90, entropyBits: 256, keys: ['key'], recipient: identity.recipient, retiredAt: null })
})

test('the newest version is the current one, and a retired one is still told', async () => {
  const { store, version } = await stocked()
  const newer = await store.put(secret, { key: 'a newer value' }, 256)
  await store.retire(version)
  expect(await store.current('staging', 'session-key')).toEqual({ key: 'a newer value' })
  expect((await store.versions()).map((one) => [one.version, one.retiredAt === null])).toEqual([[newer.version, true], [version.version, false]])
})

test('equal values have equal fingerprints, which nobody can guess without the identity', async () => {
  const { store, version, client } = await stocked()
  const same = await store.put(secretNamed('production', 'session-key'), { key: value }, 256)
  const elsewhere = await openStore({ client, bucket: 'b', identity: stranger }).put(secret, { key: value }, 256)
  expect(same.fingerprints).toEqual(version.fingerprints)
  expect(elsewhere.fingerprints).not.toEqual(version.fingerprints)
})

test('without the right identity there is no value, and the message says which one is needed', async () => {
  const { client } = await stocked()
  await expect(openStore({ client, bucket: 'b', identity: undefined }).current('staging', 'session-key')).rejects.toThrow(`are encrypted for ${identity.recipient}, and no age identity is here`)
  await expect(openStore({ client, bucket: 'b', identity: stranger }).current('staging', 'session-key')).rejects.toThrow(`is encrypted for ${identity.recipient}, and the identity of ${stranger.from} is that of ${stranger.recipient}`)
})

test('a damaged object is said to be damaged, without what it held', async () => {
  const { store, objects, version } = await stocked()
  objects.set(`staging/session-key/${version.version}.age`, 'session key in plain')
  await expect(store.current('staging', 'session-key')).rejects.toThrow(/^The object staging\/session-key\/\w+\.age does not open with the age identity of .*: the object is damaged/)
})

test('values that are not those of the inventory are not stored', async () => {
  const { store } = await stocked()
  await expect(store.put(secret, { kye: value }, 256)).rejects.toThrow('staging/session-key has the keys key; got kye.')
})

test('what conform must know of the store are its secret values by name', async () => {
  const { store } = await stocked()
  expect(await storedSecrets(store)).toEqual([{ name: 'stored secret staging/session-key key', value }])
})

test('the identity is for its owner alone', async () => {
  const file = join(folder, 'keys', 'secrets.agekey')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await readIdentity({ environment: {}, file }))?.recipient).toBe(identity.recipient)
  expect((await readIdentity({ environment: { PLUMBLINE_AGE_IDENTITY: identity.secret }, file: '/nowhere' }))?.recipient).toBe(identity.recipient)
  expect((await readIdentity({ environment: { PLUMBLINE_AGE_IDENTITY: file } }))?.recipient).toBe(identity.recipient)
  expect(await readIdentity({ environment: {}, file: '/nowhere/at/all' })).toBeUndefined()
  await expect(readIdentity({ environment: { PLUMBLINE_AGE_IDENTITY: '/nowhere/at/all' } })).rejects.toThrow('PLUMBLINE_AGE_IDENTITY names /nowhere/at/all, which cannot be read')
  const open = join(folder, 'open.agekey')
  await writeFile(open, await readFile(file))
  await chmod(open, 0o644)
  await expect(readIdentity({ environment: {}, file: open })).rejects.toThrow(`The age identity ${open} is open to others (mode 644); expected 600.`)
  await expect(makeIdentity(file)).rejects.toThrow('EEXIST')
})
