import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawFile } from './raw.ts'
import { createRedactor } from './redactor.ts'
import { scanBytes } from './scan.ts'

const key = Buffer.alloc(32, 7)
const secret = 'p@ss/w"ord<9>Xyz+!'
const known = () => createRedactor([{ name: 'Database password', value: secret }], key)
const mark = /^\[redacted:[a-z-]+:[0-9a-f]{8}\]$/

const encodings: Readonly<Record<string, (value: string) => string>> = {
  'plain': (value) => value,
  'base64': (value) => Buffer.from(value).toString('base64'),
  'base64, shifted by one': (value) => Buffer.from(`a${value}tail`).toString('base64'),
  'base64, shifted by two': (value) => Buffer.from(`ab${value}tail`).toString('base64'),
  'base64url': (value) => Buffer.from(`x${value}`).toString('base64url'),
  'base64 twice': (value) => Buffer.from(Buffer.from(`ab${value}`).toString('base64')).toString('base64'),
  'base64 in lines of 76': (value) => (Buffer.from(`${'some text before it '.repeat(8)}${value}${' and after'.repeat(9)}`).toString('base64').match(/.{1,76}/g) ?? []).join('\n'),
  'URL': (value) => encodeURIComponent(value),
  'URL, lower case': (value) => encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  'form': (value) => new URLSearchParams({ value }).toString(),
  'JSON': (value) => JSON.stringify({ value }),
  'JSON in JSON': (value) => JSON.stringify({ inner: JSON.stringify({ value }) }),
  'hexadecimal': (value) => Buffer.from(value).toString('hex'),
  'gzip in base64': (value) => gzipSync(JSON.stringify({ padding: 'padding'.repeat(9), value })).toString('base64'),
  'gzip in base64 twice, as Helm stores it': (value) => Buffer.from(gzipSync(JSON.stringify({ padding: 'padding'.repeat(9), value })).toString('base64')).toString('base64'),
}

describe('a known secret', () => {
  it.each(Object.entries(encodings))('is taken out of %s', (_, encode) => {
    const redactor = known()
    const clean = redactor.text(`before ${encode(secret)} after`)
    expect(scanBytes(Buffer.from(clean), redactor.known)).toEqual([])
    expect(clean).toMatch(/^before .*\[redacted:.*after$/s)
    expect(redactor.removed).toBe(1)
  })

  it('of any text is taken out of every encoding, and its marker survives a second pass', () => {
    const values = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' }).filter((value) => new Set(value).size > 4 && value.trim() === value)
    fc.assert(fc.property(values, fc.constantFrom(...Object.values(encodings)), (value, encode) => {
      const redactor = createRedactor([{ name: 'planted', value }], key)
      const clean = redactor.text(encode(value))
      expect(scanBytes(Buffer.from(clean), redactor.known)).toEqual([])
      expect(redactor.text(clean)).toBe(clean)
    }), { numRuns: 300 })
  })

  it('has a marker that names the secret and is equal for equal values only', () => {
    expect(known().text(secret)).toBe('[redacted:database-password:67f5818e]')
    expect(createRedactor([{ name: 'Database password', value: secret }]).text(secret)).not.toBe(known().text(secret))
  })

  it('that is learned during the run is taken out from then on; an empty one is none, a short one is refused', () => {
    const redactor = createRedactor([], key)
    redactor.add({ name: 'token', value: '' })
    expect(redactor.text('late-comer-77')).toBe('late-comer-77')
    redactor.add({ name: 'token', value: 'late-comer-77' })
    expect(redactor.text('late-comer-77')).toMatch(mark)
    expect(() => { redactor.add({ name: 'pin', value: '12345' }) }).toThrow('Expected the secret pin to have at least 6 characters, but it has 5; one so short cannot be told from ordinary text, choose a longer one.')
  })
})

describe('the shape of a secret', () => {
  const token = 'ab12'.repeat(16)
  it.each([
    ['private-key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----', '[redacted:private-key:'],
    ['private-key', 'cut -----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2Vw', 'cut [redacted:private-key:'],
    ['jwt', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJlLWJ5dGVz', '[redacted:jwt:'],
    ['bearer', 'Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [redacted:bearer:'],
    ['basic', 'Authorization: Basic dXNlcjpodW50ZXIyMg==', 'Authorization: Basic [redacted:basic:'],
    ['linode-token', `LINODE_TOKEN=${token}`, 'LINODE_TOKEN=[redacted:linode-token:'],
    ['linode-token', `linode personal access token: ${token}`, 'linode personal access token: [redacted:linode-token:'],
    ['aws-access-key', 'key AKIAIOSFODNN7EXAMPLE here', 'key [redacted:aws-access-key:'],
    ['field', 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key = [redacted:field:'],
    ['url-password', 'postgres://app:s3cr3t-Pass@db.internal:5432/app', 'postgres://app:[redacted:url-password:'],
    ['field', 'client-key-data: LS0tLS1CRUdJTg==', 'client-key-data: [redacted:field:'],
    ['field', '    token: abcd1234.efgh5678', '    token: [redacted:field:'],
    ['field', 'PGPASSWORD=Hunter2222 psql', 'PGPASSWORD=[redacted:field:'],
    ['field', '{\\"password\\":\\"Hunter2222\\"}', '{\\"password\\":\\"[redacted:field:'],
    ['encoded', Buffer.from('users:\n- user:\n    token: abcd1234efgh5678\n').toString('base64'), '[redacted:encoded:'],
  ])('%s is taken out of %j', (_, text, beginning) => {
    const redactor = createRedactor([], key)
    const clean = redactor.text(text)
    expect(clean.slice(0, beginning.length)).toBe(beginning)
    expect(redactor.removed).toBe(1)
    expect(redactor.text(clean)).toBe(clean)
  })

  it('in JSON is also the name of its field, and everything inside a Kubernetes Secret, but not in a SealedSecret', () => {
    const sealed = { kind: 'SealedSecret', spec: { encryptedData: { password: 'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq' } } }
    const redactor = createRedactor([], key)
    const clean = redactor.json({ list: [{ kind: 'Secret', metadata: { name: 'db' }, data: { user: 'YXBw' } }, { password: 'swordfish' }, { 'client-key-data': 'bm90aGluZw==' }] })
    expect(JSON.stringify(clean).replace(/:[0-9a-f]{8}\]/g, ']')).toBe(
      '{"list":[{"kind":"Secret","metadata":{"name":"db"},"data":{"user":"[redacted:kubernetes-secret]"}},{"password":"[redacted:field]"},{"client-key-data":"[redacted:field]"}]}',
    )
    expect(createRedactor([], key).json(sealed)).toEqual(sealed)
  })
})

describe('what is ordinary', () => {
  it.each([
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'the token: required, the password: unchanged, token=<none>, password: ${PASSWORD}',
    'Bearer authentication is required; Basic authentication is off',
    'https://127.0.0.1:6443/api/v1/namespaces/development/pods?limit=500',
    'postgres://db.internal:5432/app and user@example.com',
    '-----BEGIN CERTIFICATE-----\nMIIBdzCCAR2gAwIBAgIBADAKBggqhkjOPQQDAjAj\n-----END CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----',
    'system:serviceaccount:system:plumbline-verifier',
    'expected staging/client → production/listener:8080 (TCP) to be denied, but it was delivered in 4 ms',
    '01K9Q4T5V8Z3N6M2R7X1C0B4DA 5c8e4a1e-7a34-4a0f-9d8e-2f1f5c3b9a10 v1.35.4+lke1',
    'tokenReview secretName passwordPolicy: keys are not values',
  ])('stays: %s', (text) => {
    const redactor = createRedactor([{ name: 'other', value: secret }], key)
    expect(redactor.text(text)).toBe(text)
    expect(redactor.removed).toBe(0)
  })

  it('stays in any JSON of words, numbers, ids and digests', () => {
    const hex = fc.uint8Array({ minLength: 8, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
    const words = fc.array(fc.constantFrom('pod', 'denied', 'development', 'listener', 'default-deny', 'policy', 'token', 'in', 'force', '443/TCP'), { maxLength: 12 }).map((list) => list.join(' '))
    const leaf = fc.oneof(hex, words, fc.uuid(), fc.ulid(), fc.ipV4(), fc.integer(), fc.boolean())
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('name', 'uid', 'reason', 'image', 'status'), fc.array(leaf)), (value) => {
      expect(createRedactor([{ name: 'other', value: secret }], key).json(value)).toEqual(value)
    }), { numRuns: 500 })
  })
})

it('a raw file is redacted before it is named by its digest', () => {
  const { content, reference } = rawFile({ log: `x ${secret}` }, known())
  expect(content).toBe('{\n  "log": "x [redacted:database-password:67f5818e]"\n}\n')
  expect(reference.path).toBe(`raw/${reference.sha256}.json`)
  expect(reference.size).toBe(Buffer.byteLength(content))
})
