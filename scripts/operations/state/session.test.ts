import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { versionedBucket } from '../changes/versioned-bucket.fixture.ts'
import { keptVersions, restoreVersion, unlock } from './session.ts'

const key = 'platform/terraform.tfstate'
const state = (serial: number) => JSON.stringify({ version: 4, serial, lineage: 'ours', resources: [] })
let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'plumbline-state-')) })
afterAll(async () => rm(folder, { recursive: true }))

function bucketWith(...bodies: string[]) {
  const { client, overwrite } = versionedBucket()
  for (const body of bodies) overwrite(key, body)
  return { client, overwrite, place: { client, bucket: 'b', key, folder } }
}
const lock = JSON.stringify({ ID: 'l1', Who: 'ann@gone', Created: '2026-11-23T19:37:18.8Z', Operation: 'OperationTypeApply' })

test('kept versions say what they are, or why they are none', async () => {
  const { place } = bucketWith(state(1), '{"version": 4, "ser', '')
  const found = await keptVersions(place, 30)
  expect(found.map(({ version, state: told, damaged }) => [version, told?.serial ?? damaged])).toEqual([['v2', 'it is empty'], ['v1', 'it is not whole: it cannot be parsed as JSON'], ['v0', 1]])
})

test('what is no state is not restored', async () => {
  const { place } = bucketWith(state(1), 'half')
  await expect(restoreVersion(place, 'v1')).rejects.toThrow('Version v1 of platform/terraform.tfstate is not a state to go back to: it is not whole: it cannot be parsed as JSON.')
})

test('nothing is restored under a lock, and only the lock that was named is given back', async () => {
  const { place, overwrite } = bucketWith(state(1), state(2))
  overwrite(`${key}.tflock`, lock)
  await expect(restoreVersion(place, 'v0')).rejects.toThrow('The state is locked by ann@gone since 2026-11-23T19:37:18.800Z: wait until that run has ended. If it was killed, give its lock back with `npx plumbline state unlock l1`. Nothing was changed.')
  await expect(unlock(place, 'l2')).rejects.toThrow('The lock of the state is l1, of ann@gone since 2026-11-23T19:37:18.800Z, not l2. Nothing was changed.')
})
