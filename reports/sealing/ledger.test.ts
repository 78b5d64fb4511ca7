import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256 } from './digest.ts'
import { appendToLedger, noPrevious, readLedger, takeBack, type LedgerEntry } from './ledger.ts'
import { sampleResults, workplace } from './sample-publication.ts'

const { counts } = sampleResults()
const fields = (runId: string) => ({ runId, manifestSha256: 'aa'.repeat(32), envelopeSha256: 'bb'.repeat(32), verdict: 'partial', counts, at: '2025-11-23T02:00:00.000Z', target: 'sandbox' } as const)

async function three(folder: string): Promise<readonly LedgerEntry[]> {
  await mkdir(folder, { recursive: true })
  const entries: LedgerEntry[] = []
  for (const runId of ['one', 'two', 'three']) entries.push(await appendToLedger(folder, await readLedger(folder), fields(runId)))
  return entries
}

describe('the ledger', () => {
  it('is a chain: each line names the digest of the one before', async () => {
    await using place = await workplace()
    const entries = await three(place.reportsFolder)
    const lines = (await readFile(join(place.reportsFolder, 'ledger.ndjson'), 'utf8')).trimEnd().split('\n')
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(entries.map(({ prev }) => prev)).toEqual([noPrevious, sha256(lines[0] ?? ''), sha256(lines[1] ?? '')])
    expect(await readLedger(place.reportsFolder)).toMatchObject({ entries, faults: [], head: sha256(lines[2] ?? '') })
  })

  it.each<[string, (lines: string[]) => string[], string]>([
    ['removed', (lines) => lines.toSpliced(1, 1), 'ledger.ndjson line 2 (run three) does not follow the line before it'],
    ['moved', ([a = '', b = '', c = '']) => [b, a, c], 'ledger.ndjson line 1 (run two) does not follow the line before it'],
    ['edited', (lines) => lines.map((line) => line.replace('"runId":"one"', '"runId":"0ne"')), 'ledger.ndjson line 2 (run two) does not follow the line before it'],
    ['respelt', (lines) => lines.map((line) => line.replace('"runId":"three"', '"runId": "three"')), 'ledger.ndjson line 3 is not in the form in which it was written.'],
    ['broken', (lines) => lines.map((line, index) => (index === 2 ? line.slice(1) : line)), 'ledger.ndjson line 3 cannot be read as JSON.'],
    ['made up', (lines) => [...lines, '{"runId":"four"}'], 'ledger.ndjson line 4 does not have the fields of a ledger entry.'],
  ])('shows a line that was %s', async (_, change, fault) => {
    await using place = await workplace()
    await three(place.reportsFolder)
    const path = join(place.reportsFolder, 'ledger.ndjson')
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    await writeFile(path, `${change(lines).join('\n')}\n`)
    expect((await readLedger(place.reportsFolder)).faults.join('\n')).toContain(fault)
  })

  it('takes a torn last line off, and the new line says so', async () => {
    await using place = await workplace()
    await three(place.reportsFolder)
    const torn = '{"at":"2025-11-23T0'
    await appendFile(join(place.reportsFolder, 'ledger.ndjson'), torn)
    const ledger = await readLedger(place.reportsFolder)
    expect(ledger.torn.toString()).toBe(torn)
    const entry = await appendToLedger(place.reportsFolder, ledger, fields('four'))
    expect(entry).toMatchObject({ seq: 4, repaired: { bytes: 19, sha256: sha256(torn) } })
    expect(await readLedger(place.reportsFolder)).toMatchObject({ faults: [], torn: Buffer.alloc(0) })
  })

  it('gives back its last line, and only that one', async () => {
    await using place = await workplace()
    const [one, , last] = await three(place.reportsFolder)
    if (one === undefined || last === undefined) throw new Error('three lines were appended')
    await takeBack(place.reportsFolder, one)
    await takeBack(place.reportsFolder, last)
    expect((await readLedger(place.reportsFolder)).entries.map(({ runId }) => runId)).toEqual(['one', 'two'])
  })
})
