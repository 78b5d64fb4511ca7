import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cellsOf } from '../model/cells.ts'
import { noComparison } from '../model/changes.ts'
import type { Evidence, Results } from '../model/results.ts'
import { sampleFacts } from '../model/sample.ts'
import { rawFile } from '../redaction/raw.ts'
import { createRedactor } from '../redaction/redactor.ts'
import { sealed, statementOf } from './attestation.ts'
import { bundleOf } from './bundle.ts'
import { canonicalJson } from './canonical.ts'
import { sha256 } from './digest.ts'
import { signingKey } from './keys.ts'
import { manifestOf } from './manifest.ts'
import { publishRun, type Publication, type Published } from './publish.ts'

/** A planted secret: must never be found in anything that was published. */
export const planted = { name: 'database password', value: 'Quiet/Harbour+7351"' }

/** Ids of runs in the order of time. */
export const runIds = ['01K9Q4T5V8Z3N6M2R7X1C0B4D1', '01K9Q4T5V8Z3N6M2R7X1C0B4D2', '01K9Q4T5V8Z3N6M2R7X1C0B4D3'] as const

export interface Workplace extends AsyncDisposable {
  readonly folder: string
  readonly reportsFolder: string
  readonly keysFolder: string
  /** Publishes the sample run, with a raw file, a plan and a journal; `more` replaces parts of it. */
  publish(more?: Partial<Publication>): Promise<Published>
}

/** A folder for tests of publishing that goes away with its scope. */
export async function workplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-reports-'))
  const places = { reportsFolder: join(folder, 'reports'), keysFolder: join(folder, 'keys') }
  return {
    folder,
    ...places,
    publish: (more = {}) => publishRun({ ...smallPublication(), ...places, ...more }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The sample run with one record in a raw file. */
export function samplePublication(runId: string = runIds[0], spoil: 'spoilt' | 'clean' = 'spoilt'): Pick<Publication, 'results' | 'raw' | 'plan' | 'journal' | 'redactor'> {
  const redactor = createRedactor([planted])
  const facts = sampleFacts(runId, spoil)
  const raw = rawFile({ log: ['line one', `connected with ${planted.value}`] }, redactor)
  const evidence = { kind: 'command' as const, title: 'the whole log', at: '2025-11-23T02:01:00.000Z', raw: raw.reference }
  const cases = facts.cases.map((one) => (one.id === 'pipeline/lock' ? { ...one, evidence: [...one.evidence, evidence] } : one))
  return { results: { ...facts, cases }, raw: [raw], plan: { cases: cases.map(({ id }) => id) }, journal: [{ at: facts.startedAt, event: 'started' }], redactor }
}

/** The same with the cells of one kind of source and listener only, which is quicker to publish and just as violated. */
export function smallPublication(runId: string = runIds[0], spoil: 'spoilt' | 'clean' = 'spoilt'): ReturnType<typeof samplePublication> {
  const publication = samplePublication(runId, spoil)
  const cases = publication.results.cases.map((one) => ({ ...one, evidence: one.evidence.map(fewerCells) }))
  return { ...publication, results: { ...publication.results, cases } }
}

function fewerCells(evidence: Evidence): Evidence {
  const cells = cellsOf(evidence)
  if (cells === undefined || cells === 'unreadable') return evidence
  return { ...evidence, data: { cells: cells.filter(({ from, to }) => from.endpoint === 'client' && to.endpoint === 'worker'), seconds: 1 } }
}

/** The sample as it would be published, without writing anything. */
export function sampleResults(spoil: 'spoilt' | 'clean' = 'spoilt'): Results {
  const { redactor, ...record } = samplePublication(runIds[0], spoil)
  return bundleOf(record, redactor, { changesOf: () => noComparison('First run.'), keyid: 'ab'.repeat(32), publicPem: 'none' }).results
}

/** What only the holder of the key can do: seal a run folder again as it is now. */
export async function sealAgain({ keysFolder }: Pick<Workplace, 'keysFolder'>, folder: string): Promise<void> {
  const text = await readFile(join(folder, 'results.json'), 'utf8')
  const results = JSON.parse(text) as Results
  const manifest = canonicalJson(await manifestOf(folder, results.runId))
  await writeFile(join(folder, 'MANIFEST.json'), manifest)
  const statement = statementOf(results, { manifest: sha256(manifest), results: sha256(text) })
  await writeFile(join(folder, 'attestation.dsse.json'), sealed(statement, await signingKey(keysFolder)))
}
