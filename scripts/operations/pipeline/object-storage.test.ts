import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ensureAuditBucket, ensureStateBucket, s3Client } from './object-storage.ts'

type Answers = Readonly<Record<string, readonly [number, string?]>>

/** A store that gives fixed answers and keeps what it was asked; whatever is not listed succeeds. */
async function store(answers: Answers) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://store')
    const what = `${request.method ?? ''} ${url.pathname.replace(/\/$/, '')}${[...url.searchParams.keys()].filter((key) => key !== 'x-id').map((key) => `?${key}`).join('')}`
    asked.push(request.headers['x-amz-bucket-object-lock-enabled'] === 'true' ? `${what} with lock` : what)
    const [status, body = ''] = answers[what] ?? [200]
    request.resume()
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(() => { server.close() })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { asked, client: s3Client({ endpoint, region: 'us-east', accessKey: 'a', secretKey: 's' }) }
}

const versioning = (status: string): readonly [number, string] => [200, `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`]
const lock = (days: number, mode = 'COMPLIANCE'): readonly [number, string] => [200,
  `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>${mode}</Mode><Days>${days}</Days></DefaultRetention></Rule></ObjectLockConfiguration>`]

test('a state bucket that is not there is made and versioned', async () => {
  const { client, asked } = await store({ 'HEAD /state': [404], 'GET /state?versioning': [200, '<VersioningConfiguration/>'] })
  await ensureStateBucket(client, 'state')
  expect(asked).toEqual(['HEAD /state', 'PUT /state', 'GET /state?versioning', 'PUT /state?versioning'])
})

test('a state bucket that is as it should be is left alone, a suspended one is versioned again', async () => {
  const good = await store({ 'GET /state?versioning': versioning('Enabled') })
  await ensureStateBucket(good.client, 'state')
  expect(good.asked).toEqual(['HEAD /state', 'GET /state?versioning'])
  const suspended = await store({ 'GET /state?versioning': versioning('Suspended') })
  await ensureStateBucket(suspended.client, 'state')
  expect(suspended.asked.at(-1)).toBe('PUT /state?versioning')
})

test('an audit bucket is made with its lock', async () => {
  const { client, asked } = await store({ 'HEAD /audit': [404], 'GET /audit?object-lock': [200, '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>'] })
  await ensureAuditBucket(client, { bucket: 'audit', retentionDays: 90 })
  expect(asked).toEqual(['HEAD /audit', 'PUT /audit with lock', 'GET /audit?object-lock', 'PUT /audit?object-lock'])
})

test.each([['as long as it should be', lock(90), 2], ['too short', lock(89), 3], ['avoidable', lock(90, 'GOVERNANCE'), 3]])('a retention that is %s', async (_, answer, requests) => {
  const { client, asked } = await store({ 'GET /audit?object-lock': answer })
  await ensureAuditBucket(client, { bucket: 'audit', retentionDays: 90 })
  expect(asked).toHaveLength(requests)
})

test('a bucket without a lock cannot become the audit bucket', async () => {
  const { client } = await store({ 'GET /audit?object-lock': [404, '<Error><Code>ObjectLockConfigurationNotFoundError</Code><Message>none</Message></Error>'] })
  await expect(ensureAuditBucket(client, { bucket: 'audit', retentionDays: 90 })).rejects.toThrow(
    'The bucket audit has no object lock, and a bucket can get one only when it is made. Name a new bucket under audit.bucket in the platform file.',
  )
})

test('a bucket of somebody else is refused with what to do', async () => {
  const { client } = await store({ 'HEAD /state': [403] })
  await expect(ensureStateBucket(client, 'state')).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(/^The bucket state is not open to this object storage key: /) as string })
})
