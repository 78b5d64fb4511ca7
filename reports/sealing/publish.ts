import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Results } from '../model/results.ts'
import { exitCodes } from '../model/verdict.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { scanFolder } from '../redaction/scan.ts'
import { verifyFolder } from '../verification/folder.ts'
import { sealed, statementOf } from './attestation.ts'
import { bundleOf, type Bundle, type RunRecord } from './bundle.ts'
import { canonicalJson } from './canonical.ts'
import { sha256 } from './digest.ts'
import { draftOf, pointLatestAt, putInPlace, settleDrafts } from './drafts.ts'
import { explained, PublishFailure } from './failure.ts'
import { signingKey, type SigningKey } from './keys.ts'
import { appendToLedger, readLedger, takeBack, type Ledger, type LedgerEntry } from './ledger.ts'
import { withLedgerLock } from './lock.ts'
import { attestationName, manifestName, manifestOf } from './manifest.ts'
import { comparisonWith } from './previous.ts'
import { quarterlyWith, type DueCase } from './quarterly.ts'
import { trendOf } from './trend.ts'

export interface Publication extends RunRecord {
  /** Where `runs/`, `ledger.ndjson` and `latest` are; made when missing. */
  readonly reportsFolder: string
  /** Where the signing key is, outside of the reports; made on first use. */
  readonly keysFolder: string
  readonly redactor: Redactor
  /** Cases that have to be run every so often; none unless said. */
  readonly due?: readonly DueCase[]
}

export interface Published {
  readonly folder: string
  readonly reportPath: string
  readonly results: Results
  readonly entry: LedgerEntry
  /** Sentences about the ledger that somebody should read: a repaired line, a broken chain. Empty when all is well. */
  readonly notes: readonly string[]
}

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/

/**
 * Writes, seals, verifies and publishes one run; all or nothing. Throws PublishFailure (exit code 5 unless it says otherwise) when a
 * secret is found in what would be published, when the sealed folder does not verify, or when it cannot be written.
 */
export async function publishRun(publication: Publication): Promise<Published> {
  const { reportsFolder, keysFolder, results } = publication
  if (!ulid.test(results.runId)) throw new PublishFailure(`Expected the run id to be a ULID, but it is ${JSON.stringify(results.runId)}.`, exitCodes.usage)
  try {
    await mkdir(join(reportsFolder, 'runs'), { recursive: true })
    const key = await signingKey(keysFolder)
    return await withLedgerLock(reportsFolder, () => publish(publication, key))
  } catch (thrown) {
    throw explained(thrown, reportsFolder)
  }
}

async function publish(publication: Publication, key: SigningKey): Promise<Published> {
  const { reportsFolder, redactor } = publication
  const { runId, target } = publication.results
  const ledger = await readLedger(reportsFolder)
  const finished = await settleDrafts(reportsFolder, ledger)
  const folder = join(reportsFolder, 'runs', runId)
  if (await exists(folder)) throw new PublishFailure(`Expected a new run, but ${folder} is already there; a published run is never written again.`)
  const changesOf = await comparisonWith(reportsFolder, ledger.entries, target)
  const quarterlyOf = await quarterlyWith(reportsFolder, ledger.entries, { target, due: publication.due ?? [] })
  const bundle = bundleOf(publication, redactor, { changesOf, quarterlyOf, trend: trendOf(ledger, target), keyid: key.keyid, publicPem: key.publicPem })
  const draft = draftOf(reportsFolder, runId)
  try {
    await mkdir(draft, { mode: 0o755 })
    await writeAll(draft, bundle.files)
    await refuseLeaks(draft, redactor)
    const digests = await seal(draft, bundle, key)
    await readBack(draft, key)
    const entry = await list(publication, { ledger, bundle, digests })
    return { folder, reportPath: join(folder, 'report.html'), results: bundle.results, entry, notes: [...finished, ...notesOn(ledger)] }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function writeAll(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content, { flag: 'wx', flush: true })
  }
}

async function refuseLeaks(folder: string, redactor: Redactor): Promise<void> {
  const leaks = await scanFolder(folder, redactor.known)
  if (leaks.length === 0) return
  const found = leaks.map(({ file, secret, how }) => `${secret} in ${file} (${how})`).join(', ')
  throw new PublishFailure(`Expected no secret in the evidence, but found ${found}. Nothing was published; record the evidence without that value and run again.`)
}

interface Digests {
  readonly manifestSha256: string
  readonly envelopeSha256: string
}

async function seal(folder: string, bundle: Bundle, key: SigningKey): Promise<Digests> {
  const manifest = canonicalJson(await manifestOf(folder, bundle.results.runId))
  const statement = statementOf(bundle.results, { manifest: sha256(manifest), results: sha256(bundle.files.get('results.json') ?? '') })
  const envelope = sealed(statement, key)
  await writeAll(folder, new Map([[manifestName, manifest], [attestationName, envelope]]))
  return { manifestSha256: sha256(manifest), envelopeSha256: sha256(envelope) }
}

/** What is on the disk is checked as anybody else would check it, before it is called published. */
async function readBack(folder: string, key: SigningKey): Promise<void> {
  const { findings } = await verifyFolder(folder, key.publicPem)
  if (findings.length > 0) throw new PublishFailure(`Expected the sealed run to verify, but: ${findings.join(' ')} Nothing was published.`)
}

interface Listing {
  readonly ledger: Ledger
  readonly bundle: Bundle
  readonly digests: Digests
}

/** The ledger line is what publishes a run. A run that is killed right after it is put in its place by the next one (drafts.ts). */
async function list({ reportsFolder }: Publication, { ledger, bundle, digests }: Listing): Promise<LedgerEntry> {
  const { runId, verdict, counts, finishedAt: at, target } = bundle.results
  const entry = await appendToLedger(reportsFolder, ledger, { runId, verdict, counts, at, target, ...digests })
  try {
    await putInPlace(reportsFolder, runId)
    await pointLatestAt(reportsFolder, runId)
  } catch (thrown) {
    await takeBack(reportsFolder, entry)
    await rm(join(reportsFolder, 'runs', runId), { recursive: true, force: true })
    throw thrown
  }
  return entry
}

function notesOn(ledger: Ledger): readonly string[] {
  const torn = ledger.torn.length === 0 ? [] : [`The last line of the ledger had been cut short (${ledger.torn.length} bytes) and was taken off; the new entry says so.`]
  return [...torn, ...ledger.faults.map((fault) => `The ledger was broken before this run: ${fault}`)]
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false)
}
