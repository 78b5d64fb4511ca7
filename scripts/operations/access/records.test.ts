import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openIn } from '../break-glass/history.ts'
import { memoryBucket } from '../secrets/memory-bucket.fixture.ts'
import { accessRecordSchema, noteAccess } from './records.ts'

const noted = { action: 'issued', by: 'sre-one', person: 'ann', environment: 'staging', profile: 'viewer', expiresAt: '2026-11-28T18:00:00.000Z' } as const

test('a record is in the bucket under its time, and in the log of this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'access-'))
  try {
    const { client, objects } = memoryBucket()
    const record = await noteAccess(noted, { target: 'sandbox', folder, client, audit: { bucket: 'audit', retentionDays: 90 } })
    const [[key, text] = ['', '']] = [...objects]
    expect(key).toMatch(/^access\/\d{8}T\d{9}Z-[0-9A-Z]{26}\.json$/)
    expect(accessRecordSchema.parse(JSON.parse(text))).toEqual(record)
    expect(JSON.parse(await readFile(join(folder, 'access.ndjson'), 'utf8'))).toEqual(record)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a record has no room for a token', () => {
  expect(() => accessRecordSchema.parse({ ...noted, token: 'x' })).toThrow()
})

test('what was opened and not closed is open', () => {
  const [first, second] = ['01M8GC10HNCFXF07RXG623S6TJ', '01M8GC10HNCFXF07RXG623S6TK']
  const keys = [
    `approvals/${first}/request.json`, `approvals/${first}/note-break-glass-opened-01M8GC10HNCFXF07RXG623S6TM.json`, `approvals/${first}/note-break-glass-closed-01M8GC10HNCFXF07RXG623S6TN.json`,
    `approvals/${second}/note-break-glass-opened-01M8GC10HNCFXF07RXG623S6TM.json`, `approvals/${second}/note-applied-01M8GC10HNCFXF07RXG623S6TP.json`,
  ]
  expect(openIn(keys).map(({ request }) => request)).toEqual([second])
})
