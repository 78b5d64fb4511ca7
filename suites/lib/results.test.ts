import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRedactor } from '../../reports/redaction/redactor.ts'
import { recorder } from './evidence.ts'
import { append, readJournal, type JournalLine } from './journal.ts'
import { caseResults, notes } from './results.ts'
import type { PlannedCase } from './selection.ts'

const at = '2026-11-23T19:00:00.000Z'
const plan: PlannedCase[] = ['a/ended', 'b/cut', 'c/absent'].map((id) => ({ id, file: `suites/${id}.test.ts`, title: id, requirements: ['FR-001'], profile: 'smoke' }))
const evidence = { kind: 'observation', title: 'seen', at, data: { x: 1 } } as const
const lines: JournalLine[] = [
  { event: 'started', id: 'a/ended', at },
  { event: 'evidence', id: 'a/ended', evidence },
  { event: 'created', object: 'Pod staging/probe' },
  { event: 'ended', id: 'a/ended', at, durationMs: 12, verdict: 'satisfied' },
  { event: 'redacted', removed: 2 },
  { event: 'timing', phase: 'pass', seconds: 4 },
  { event: 'started', id: 'b/cut', at },
  { event: 'evidence', id: 'b/cut', evidence },
]

describe('the plan against the journal', () => {
  test('gives an ended case its verdict, a cut one no verdict, and an absent one not-run', () => {
    const [ended, cut, absent] = caseResults(plan, lines, 'the worker stopped')
    expect(ended).toMatchObject({ id: 'a/ended', verdict: 'satisfied', durationMs: 12, evidence: [evidence] })
    expect(cut).toMatchObject({ verdict: 'indeterminate', reason: 'the case began and never ended: the worker stopped', startedAt: at, evidence: [evidence] })
    expect(absent).toMatchObject({ verdict: 'not-run', reason: 'the case was planned and never began: the worker stopped', evidence: [] })
  })

  test('keeps what the worker noted', () => {
    expect(notes(lines)).toEqual({ created: ['Pod staging/probe'], timings: [{ phase: 'pass', seconds: 4 }], redacted: 2 })
  })
})

describe('the journal file', () => {
  let folder = ''
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'plumbline-journal-')) })
  afterAll(async () => { await rm(folder, { recursive: true }) })

  test('is read back as it was written, without the line that was cut off', async () => {
    const journal = join(folder, 'journal.ndjson')
    for (const line of lines) append(journal, line)
    await writeFile(journal, '{"event":"ended","id":"b/cu', { flag: 'a' })
    expect(await readJournal(journal)).toEqual(lines)
  })

  test('is empty when there is none', async () => {
    expect(await readJournal(join(folder, 'none.ndjson'))).toEqual([])
  })

  test('holds no secret: evidence is redacted before it is kept', async () => {
    const journal = join(folder, 'secret.ndjson')
    const redactor = createRedactor([{ name: 'verifier token', value: 'correct-horse-battery' }])
    const record = recorder(redactor, (one) => append(journal, { event: 'evidence', id: 'a', evidence: one }))
    record.observe('what the server said', { message: 'token correct-horse-battery is not valid', at: new Date(at), none: undefined })
    const text = await readFile(journal, 'utf8')
    expect(text).not.toContain('correct-horse-battery')
    expect(text).toContain('[redacted:verifier-token:')
    expect(record.count).toBe(1)
    expect(() => record.observe('', {})).toThrow('evidence needs a title that says what was seen')
  })
})
