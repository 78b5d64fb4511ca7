import { Encrypter, armor, generateIdentity, identityToRecipient } from 'age-encryption'
import { expect, test } from 'vitest'
import { gzipSync } from 'node:zlib'
import { storedValues, leaksIn } from './leaks.ts'
import { currentVersions, isAgeFile, type StoredObject } from './secret-store.ts'

test('only what age wrote is taken for an age file', async () => {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(await generateIdentity()))
  const real = armor.encode(await encrypter.encrypt('{"key":"value"}'))
  expect(isAgeFile(real)).toBe(true)
  expect(isAgeFile(`${real}\n`)).toBe(true)
  expect(isAgeFile(`{"key":"value"}\n${real}`)).toBe(false)
  const armored = (text: string) => `-----BEGIN AGE ENCRYPTED FILE-----\n${Buffer.from(text).toString('base64')}\n-----END AGE ENCRYPTED FILE-----\n`
  expect(isAgeFile(armored('{"key":"value"}'))).toBe(false)
  expect(isAgeFile(armored('age-encryption.org/v1\n{"key":"value"}'))).toBe(false)
})

test('the newest version that is not retired is the one in use', () => {
  const object = (version: string, retiredAt: string | null): StoredObject => ({
    key: version, versionId: '', encrypted: false, text: '',
    metadata: { namespace: 'staging', name: 'session-key', version, retiredAt, createdAt: '2026-01-01T00:00:00Z', owner: 'o', consumers: [], periodDays: 1, generator: 'g', entropyBits: 1, keys: [], recipient: 'age1', fingerprints: {} },
  })
  const objects = [object('C', '2026-02-01T00:00:00Z'), object('A', null), object('B', null)]
  expect(currentVersions(objects, 'staging').get('session-key')?.version).toBe('B')
  expect(currentVersions(objects, 'production').size).toBe(0)
})

const known = ['development', 'staging', 'production', 'system'].flatMap((environment) => ['data-store password', 'data-store uri', 'session-key key', 'ingress-tls tls.key'].map((name) =>
  ({ name: `stored secret ${environment}/${name}`, value: `${environment} ${name} 0123456789` })))

test('a search that was not told every baseline value is no search', () => {
  expect(storedValues([...known, { name: 'verifier token', value: 'abcdefgh' }])).toHaveLength(16)
  expect(storedValues([...known, { name: 'stored secret staging/session-key key 01JD', value: 'the value before' }]).filter(({ current }) => !current).map(({ secret, key }) => `${secret} ${key}`)).toEqual(['staging/session-key key'])
  expect(storedValues([...known, { name: 'stored secret staging/session-key key', value: 'the value since' }]).filter(({ secret, key }) => secret === 'staging/session-key' && key === 'key').map(({ value, current }) => [value, current])).toEqual([
    ['staging session-key key 0123456789', false], ['the value since', true],
  ])
  expect(() => storedValues(known.slice(1))).toThrow('expected this run to know every baseline value in order to look for it, but it was not told development/data-store password')
})

test('a value is found as Helm packs it, and the sentence says where and not what', () => {
  const packed = Buffer.from(gzipSync(JSON.stringify({ manifest: `key: ${known[0]?.value ?? ''}` }))).toString('base64')
  expect(leaksIn([{ where: 'release record kube-system/a', text: packed }, { where: 'release record kube-system/b', text: 'nothing' }], known)).toEqual([
    'expected no secret in release record kube-system/a, but it holds the stored secret development/data-store password (base64 > compressed); rotate that secret and find out how it got there',
  ])
})
