import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, readlink, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scanFolder } from '../redaction/scan.ts'
import { createRedactor } from '../redaction/redactor.ts'
import { verifyRun } from '../verification/verify.ts'
import type { Manifest } from './manifest.ts'
import type { Statement } from './attestation.ts'
import { planted, runIds, smallPublication, workplace } from './sample-publication.ts'

async function json<T>(...path: readonly string[]): Promise<T> {
  return JSON.parse(await readFile(join(...path), 'utf8')) as T
}

/** A file system of 64 KiB, which only root can make. */
function tiny(folder: string): Disposable {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder])
  return { [Symbol.dispose]: () => { execFileSync('umount', [folder]) } }
}

describe('publishing a run', () => {
  it('leaves a sealed folder, a line in the ledger and latest', async () => {
    await using place = await workplace()
    const published = await place.publish()
    expect(published.reportPath).toBe(join(place.reportsFolder, 'runs', runIds[0], 'report.html'))
    expect(await readlink(join(place.reportsFolder, 'latest'))).toBe(`runs/${runIds[0]}`)
    expect((await readdir(place.reportsFolder)).toSorted()).toEqual(['latest', 'ledger.ndjson', 'runs'])
    expect((await readdir(published.folder)).toSorted()).toEqual(['MANIFEST.json', 'assessment-plan.oscal.json', 'assessment-results.oscal.json', 'attestation.dsse.json', 'catalog.oscal.json', 'conformance.yaml', 'ctrf.json', 'events.ndjson', 'junit.xml', 'plan.json', 'poam.oscal.json', 'public-key.pem', 'raw', 'report.html', 'results.json', 'summary.md'])
    const manifest = await json<Manifest>(published.folder, 'MANIFEST.json')
    expect(manifest.files.map(({ path }) => path)).toEqual(['assessment-plan.oscal.json', 'assessment-results.oscal.json', 'catalog.oscal.json', 'conformance.yaml', 'ctrf.json', 'events.ndjson', 'junit.xml', 'plan.json', 'poam.oscal.json', 'public-key.pem', expect.stringMatching(/^raw\/[0-9a-f]{64}\.json$/), 'report.html', 'results.json', 'summary.md'])
    expect(published.entry).toMatchObject({ seq: 1, runId: runIds[0], verdict: 'violated', target: 'sandbox', counts: published.results.counts })
    expect(published.notes).toEqual([])
  })

  it('signs a statement about the manifest that only a conformant run passes', async () => {
    await using place = await workplace()
    const statementOf = async (folder: string) => {
      const { payload } = await json<{ payload: string }>(folder, 'attestation.dsse.json')
      return JSON.parse(Buffer.from(payload, 'base64').toString()) as Statement
    }
    const bad = await place.publish()
    const good = await place.publish(smallPublication(runIds[1], 'clean'))
    const statement = await statementOf(bad.folder)
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      subject: [{ name: 'MANIFEST.json', digest: { sha256: bad.entry.manifestSha256 } }],
      predicate: { result: 'FAILED', failedTests: ['isolation/cross-environment-traffic'] },
    })
    expect(statement.predicate.configuration[0]?.annotations).toEqual({ target: 'sandbox', profile: 'nightly', verdict: 'violated', runId: runIds[0] })
    expect((await statementOf(good.folder)).predicate.result).toBe('PASSED')
  })

  it('compares with the last run of the same target, as long as that one is what was sealed', async () => {
    await using place = await workplace()
    const first = await place.publish(smallPublication(runIds[0], 'clean'))
    expect(first.results.changes).toMatchObject({ previous: null, note: 'First run on the target sandbox in this ledger: there is nothing to compare with.' })
    const second = await place.publish(smallPublication(runIds[1]))
    expect(second.results.changes.previous?.runId).toBe(runIds[0])
    expect(second.results.changes.new.map(({ id }) => id)).toContain('SC-004')
    await writeFile(join(second.folder, 'results.json'), 'edited')
    const third = await place.publish(smallPublication(runIds[2]))
    expect(third.results.changes).toMatchObject({ previous: null, note: `The run before, ${runIds[1]}, is missing or no longer what was sealed, so nothing was compared with it.` })
  })

  it('takes out what was planted everywhere, counts it, and lets raw evidence follow its new digest', async () => {
    await using place = await workplace()
    const base = smallPublication()
    const cases = base.results.cases.map((one, index) => (index === 0 ? { ...one, reason: `leaked ${planted.value}`, evidence: [...one.evidence, { kind: 'observation' as const, title: 'seen', at: '2025-11-23T02:00:00.000Z', data: { header: Buffer.from(planted.value).toString('base64') } }] } : one))
    const raw = (base.raw ?? []).map(({ reference }) => ({ reference, content: JSON.stringify({ late: planted.value }) }))
    const published = await place.publish({ results: { ...base.results, cases }, raw, journal: [{ said: planted.value }], redactor: createRedactor([planted]), redacted: 100 })
    expect(await scanFolder(place.reportsFolder, [planted])).toEqual([])
    expect(published.results.redaction.removed).toBeGreaterThanOrEqual(104)
    expect((await verifyRun(published.folder, place)).findings).toEqual([])
  })

  it('refuses to publish a leak that redaction cannot reach, and leaves nothing', async () => {
    await using place = await workplace()
    const redactor = createRedactor([])
    const { known } = createRedactor([{ name: 'run id', value: runIds[0] }])
    const blind = { rules: redactor.rules, removed: 0, known: [...known, { name: 'lock', value: 'Error acquiring the state lock' }], add: () => undefined, text: (text: string) => text, json: <T>(value: T) => value }
    await expect(place.publish({ redactor: blind })).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringMatching(/^Expected no secret in the evidence, but found run id in assessment-plan\.oscal\.json \(plain\), .*run id in report\.html \(plain\), lock in report\.html \(plain\), .*lock in results\.json \(plain\), .*\. Nothing was published; record the evidence without that value and run again\.$/s) as string,
    })
    expect(await readdir(join(place.reportsFolder, 'runs'))).toEqual([])
    expect(await readdir(place.reportsFolder)).toEqual(['runs'])
  })

  it('never writes a run twice, and wants a ULID', async () => {
    await using place = await workplace()
    const { folder } = await place.publish()
    await expect(place.publish()).rejects.toThrow(`Expected a new run, but ${folder} is already there; a published run is never written again.`)
    expect((await verifyRun(place.reportsFolder, place)).findings).toEqual([])
    await expect(place.publish({ results: { ...smallPublication().results, runId: '../escape' } })).rejects.toThrow('Expected the run id to be a ULID, but it is "../escape".')
  })

  it('of two at once makes two lines in one chain', async () => {
    await using place = await workplace()
    await Promise.all(runIds.map((runId) => place.publish(smallPublication(runId))))
    expect(await verifyRun(place.reportsFolder, place)).toMatchObject({ ok: true, findings: [], checked: { runs: 3, ledgerLines: 3 } })
  })

  it('completes a run that was killed after its line, and clears one that was killed before', async () => {
    await using place = await workplace()
    const { folder } = await place.publish()
    const runs = join(place.reportsFolder, 'runs')
    await rename(folder, join(runs, `.draft-${runIds[0]}`))
    await mkdir(join(runs, '.draft-01K9Q4T5V8Z3N6M2R7X1C0B4D9'))
    const next = await place.publish(smallPublication(runIds[1]))
    expect(next.notes).toEqual([`Run ${runIds[0]} was in the ledger but had been killed before its folder was put in its place; it is there now.`])
    expect((await readdir(runs)).toSorted()).toEqual([runIds[0], runIds[1]])
    expect((await verifyRun(place.reportsFolder, place)).findings).toEqual([])
  })

  it.skipIf(process.getuid?.() !== 0)('without space says so in one sentence and leaves nothing half made', async () => {
    await using place = await workplace()
    await mkdir(place.reportsFolder)
    using mounted = tiny(place.reportsFolder)
    expect(mounted).toBeDefined()
    await expect(place.publish()).rejects.toMatchObject({
      exitCode: 5,
      message: `The evidence could not be written to ${place.reportsFolder}: there is no space left on its file system; free some and run again. Nothing was published.`,
    })
    expect(await readdir(place.reportsFolder, { recursive: true })).toEqual(['runs'])
  })

  it('into a file says so in one sentence', async () => {
    await using place = await workplace()
    await writeFile(place.reportsFolder, 'a file')
    await expect(place.publish()).rejects.toThrow(`The evidence could not be written to ${place.reportsFolder}: a part of its path is a file and not a folder; move that file away or give another folder. Nothing was published.`)
  })

  it('names the raw file that evidence needs and nobody handed over', async () => {
    await using place = await workplace()
    await expect(place.publish({ raw: [] })).rejects.toThrow(/^Expected the raw file raw\/[0-9a-f]{64}\.json of the evidence "the whole log", but it was not handed over to be published\.$/)
  })
})
