import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../sealing/canonical.ts'
import { ledgerName, readLedger, type LedgerEntry } from '../sealing/ledger.ts'
import { verifyFolder, type FolderCheck } from './folder.ts'

export interface Verification {
  readonly ok: boolean
  /** One sentence each, naming the file. */
  readonly findings: readonly string[]
  /** What was looked at, so that nobody takes an empty folder for a clean one. */
  readonly checked: { readonly runs: number, readonly files: number, readonly ledgerLines: number }
}

/** All runs of a reports folder and the chain over them. */
export async function verifyReports(reportsFolder: string, publicPem: string): Promise<Verification> {
  const ledger = await readLedger(reportsFolder)
  const findings = [...ledger.faults, ...tornLine(ledger.torn)]
  const present = (await readdir(join(reportsFolder, 'runs'), { withFileTypes: true }).catch(() => [])).map((entry) => entry.name).toSorted()
  const listed = new Map(ledger.entries.map((entry) => [entry.runId, entry]))
  if (listed.size < ledger.entries.length) findings.push(`${ledgerName} names a run twice.`)
  let files = 0
  for (const runId of present) {
    if (runId.startsWith('.')) findings.push(`runs/${runId} is the draft of a run that was killed while publishing; the next run settles it.`)
    else {
      const check = await verifyFolder(join(reportsFolder, 'runs', runId), publicPem)
      files += check.files
      findings.push(...check.findings.map((finding) => `runs/${runId}/${finding}`), ...againstLedger(runId, check, listed.get(runId)))
    }
  }
  const missing = ledger.entries.filter(({ runId }) => !present.includes(runId))
  findings.push(...missing.map(({ runId }) => `runs/${runId} is missing: ${ledgerName} names it.`), ...(await latest(reportsFolder, ledger.entries.at(-1))))
  if (present.length === 0 && ledger.entries.length === 0) findings.push(`${ledgerName} and runs/ hold no run: there is nothing to verify.`)
  return { ok: findings.length === 0, findings, checked: { runs: present.length, files, ledgerLines: ledger.entries.length } }
}

/** One run folder, and its line when a ledger lies beside it. */
export async function verifyOne(folder: string, runId: string, reportsFolder: string | undefined, publicPem: string): Promise<Verification> {
  const check = await verifyFolder(folder, publicPem)
  const ledger = reportsFolder === undefined ? undefined : await readLedger(reportsFolder)
  const chained = ledger === undefined ? [] : [...ledger.faults, ...tornLine(ledger.torn), ...againstLedger(runId, check, ledger.entries.find((entry) => entry.runId === runId))]
  const findings = [...check.findings, ...chained]
  return { ok: findings.length === 0, findings, checked: { runs: 1, files: check.files, ledgerLines: ledger?.entries.length ?? 0 } }
}

function tornLine(torn: Buffer): readonly string[] {
  return torn.length === 0 ? [] : [`${ledgerName} ends in a line that was cut short (${torn.length} bytes); the next run takes it off and says so.`]
}

function againstLedger(runId: string, check: FolderCheck, entry: LedgerEntry | undefined): readonly string[] {
  if (entry === undefined) return [`${ledgerName} does not name run ${runId}: it was killed before it was published, or its line was removed.`]
  const findings: string[] = []
  if (entry.manifestSha256 !== check.manifestSha256) findings.push(`runs/${runId}/MANIFEST.json is not the one that ${ledgerName} names for run ${runId}.`)
  if (entry.envelopeSha256 !== check.envelopeSha256) findings.push(`runs/${runId}/attestation.dsse.json is not the one that ${ledgerName} names for run ${runId}.`)
  const { results } = check
  const differs = results !== undefined && (entry.verdict !== results.verdict || entry.target !== results.target || entry.at !== results.finishedAt || canonicalJson(entry.counts) !== canonicalJson(results.counts) || results.runId !== runId)
  if (differs) findings.push(`runs/${runId}/results.json and ${ledgerName} disagree about the verdict, the target, the time or the counts of run ${runId}.`)
  return findings
}

async function latest(reportsFolder: string, last: LedgerEntry | undefined): Promise<readonly string[]> {
  const target = await readlink(join(reportsFolder, 'latest')).catch(() => undefined)
  if (last === undefined || target === join('runs', last.runId)) return []
  return [`latest points at ${target ?? 'nothing'}, but the last run of ${ledgerName} is ${last.runId}.`]
}
