import { open, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { countsSchema } from '../model/counts.ts'
import { runVerdicts } from '../model/verdict.ts'
import { canonicalJson } from './canonical.ts'
import { sha256 } from './digest.ts'

export const ledgerName = 'ledger.ndjson'

/** What the first line has for a previous one. */
export const noPrevious = '0'.repeat(64)

const digest = z.string().regex(/^[0-9a-f]{64}$/)

export const ledgerEntrySchema = z.strictObject({
  seq: z.number().int().positive(),
  /** SHA-256 of the line before, without its line break. */
  prev: digest,
  runId: z.string(),
  manifestSha256: digest,
  envelopeSha256: digest,
  verdict: z.enum(runVerdicts),
  counts: countsSchema,
  at: z.iso.datetime(),
  target: z.enum(['sandbox', 'lke']),
  /** Set when a line cut short by a killed run had to be taken off before this one was written. */
  repaired: z.strictObject({ bytes: z.number().int(), sha256: digest }).optional(),
})
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>

export interface Ledger {
  readonly entries: readonly LedgerEntry[]
  /** SHA-256 of the last whole line, which the next one names. */
  readonly head: string
  /** What follows the last line break: empty unless a write was cut short. */
  readonly torn: Buffer
  /** One sentence for each line that breaks the chain or cannot be read. */
  readonly faults: readonly string[]
}

/** Reads the ledger of a reports folder; a missing one is empty. */
export async function readLedger(reportsFolder: string): Promise<Ledger> {
  const content = await contentOf(join(reportsFolder, ledgerName))
  const end = content.lastIndexOf(0x0a) + 1
  const lines = content.subarray(0, end).toString('utf8').split('\n').slice(0, -1)
  const entries: LedgerEntry[] = []
  const faults: string[] = []
  let head = noPrevious
  for (const [index, line] of lines.entries()) {
    const read = entryOf(line)
    if (typeof read === 'string') faults.push(`${ledgerName} line ${index + 1} ${read}.`)
    else {
      if (read.prev !== head) faults.push(`${ledgerName} line ${index + 1} (run ${read.runId}) does not follow the line before it: expected prev ${head}, found ${read.prev}.`)
      if (read.seq !== index + 1) faults.push(`${ledgerName} line ${index + 1} (run ${read.runId}) has the number ${read.seq}; a line was removed, added or moved.`)
      entries.push(read)
    }
    head = sha256(line)
  }
  return { entries, head, torn: content.subarray(end), faults }
}

function entryOf(line: string): LedgerEntry | string {
  try {
    const parsed = ledgerEntrySchema.safeParse(JSON.parse(line))
    if (!parsed.success) return 'does not have the fields of a ledger entry'
    return canonicalJson(parsed.data) === line ? parsed.data : 'is not in the form in which it was written'
  } catch {
    return 'cannot be read as JSON'
  }
}

/**
 * Appends one entry and syncs it; the caller holds the lock. A line that an earlier run left cut short is taken off, and the new entry
 * says so. When writing fails the ledger is as it was.
 */
export async function appendToLedger(reportsFolder: string, ledger: Ledger, entry: Omit<LedgerEntry, 'seq' | 'prev' | 'repaired'>): Promise<LedgerEntry> {
  const repaired = ledger.torn.length === 0 ? {} : { repaired: { bytes: ledger.torn.length, sha256: sha256(ledger.torn) } }
  const whole: LedgerEntry = { seq: ledger.entries.length + 1, prev: ledger.head, ...entry, ...repaired }
  const file = await open(join(reportsFolder, ledgerName), 'a')
  try {
    const before = (await file.stat()).size - ledger.torn.length
    await file.truncate(before)
    try {
      await file.appendFile(`${canonicalJson(whole)}\n`)
      await file.sync()
    } catch (thrown) {
      await file.truncate(before)
      throw thrown
    }
  } finally {
    await file.close()
  }
  return whole
}

/** Takes the last line off again, for a run whose folder could not be put in its place; does nothing when another line is the last. */
export async function takeBack(reportsFolder: string, entry: LedgerEntry): Promise<void> {
  const path = join(reportsFolder, ledgerName)
  const line = Buffer.from(`${canonicalJson(entry)}\n`)
  const content = await readFile(path)
  if (content.subarray(-line.length).equals(line)) await truncate(path, content.length - line.length)
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return Buffer.alloc(0)
    throw thrown
  }
}
