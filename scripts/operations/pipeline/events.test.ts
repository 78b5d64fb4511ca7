import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { actor, eventKey, provisioningEventSchema, record, withoutSecrets } from './events.ts'
import type { ProvisioningEvent } from './events.ts'
import { s3Client } from './object-storage.ts'

const event: ProvisioningEvent = {
  schemaVersion: '1.0.0',
  kind: 'provisioning',
  id: '01M84YE8PF1QBG3V6RDRSTNF3Z',
  target: 'sandbox',
  outcome: 'failure',
  incremental: false,
  startedAt: '2026-11-23T19:34:10.650Z',
  finishedAt: '2026-11-23T19:34:32.399Z',
  durationMs: 21_749,
  actor: 'ann',
  planDigest: null,
  changes: null,
  stateSerial: null,
  stateLineage: null,
  phases: [{ phase: 'terraform init', seconds: 0.9 }],
  releases: [],
  reason: 'no room',
}

test('keys sort by time', () => {
  expect(eventKey(event)).toBe('provisioning/20261123T193432399Z-01M84YE8PF1QBG3V6RDRSTNF3Z.json')
})

test('the actor of CI comes before the user of the machine', () => {
  expect(actor({ GITHUB_ACTOR: 'octo', SUDO_USER: 'ann' })).toBe('octo')
  expect(actor({ SUDO_USER: 'ann' })).toBe('ann')
})

test('an event without its outcome, or with more than it may hold, is none', () => {
  expect(provisioningEventSchema.safeParse({ ...event, outcome: undefined }).success).toBe(false)
  expect(provisioningEventSchema.safeParse({ ...event, token: 'x' }).success).toBe(false)
})

test('secrets are taken out wherever they are', () => {
  expect(withoutSecrets('key abc and abc, not ab', ['abc', ''])).toBe('key [removed] and [removed], not ab')
})

async function world(status: number) {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-events-'))
  const received: { url: string | undefined, body: unknown }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() })
    request.on('end', () => {
      received.push({ url: request.url, body: status === 200 ? JSON.parse(body) : body })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  onTestFinished(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { folder, received, client: s3Client({ endpoint, region: 'us-east', accessKey: 'a', secretKey: 's' }), audit: { bucket: 'audit', retentionDays: 90 } }
}

test('an event is in the log and in the bucket', async () => {
  const { received, ...to } = await world(200)
  expect(await record(event, to)).toBe('provisioning/20261123T193432399Z-01M84YE8PF1QBG3V6RDRSTNF3Z.json')
  expect(received).toEqual([{ url: '/audit/provisioning/20261123T193432399Z-01M84YE8PF1QBG3V6RDRSTNF3Z.json?x-id=PutObject', body: event }])
  expect(await readFile(join(to.folder, 'events.ndjson'), 'utf8')).toBe(`${JSON.stringify(event)}\n`)
})

test('an event that the bucket refused is an integrity failure, and still in the log', async () => {
  const { received, ...to } = await world(403)
  await expect(record(event, to)).rejects.toMatchObject({ exitCode: 5, message: expect.stringContaining('The event of this run (failure) is not in the audit bucket audit: ') as string })
  expect(received).toHaveLength(1)
  expect(await readFile(join(to.folder, 'events.ndjson'), 'utf8')).toContain('"outcome":"failure"')
})
