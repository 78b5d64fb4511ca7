import { resultsSchema, schemaVersion, type Evidence, type Quarterly, type Results, type RunFacts, type Settled } from '../model/results.ts'
import { settle } from '../model/aggregate.ts'
import type { Changes } from '../model/changes.ts'
import type { Trend } from '../model/trend.ts'
import { rawFile, type RawFile } from '../redaction/raw.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { renderings } from '../renderings/files.ts'
import { canonicalJson } from './canonical.ts'

/** What a run hands over; every part is redacted once more before it is written. */
export interface RunRecord {
  readonly results: RunFacts
  readonly raw?: readonly RawFile[]
  /** What was going to be run, frozen before the first case. */
  readonly plan?: unknown
  /** Every attempt, poll and cleanup step in order. */
  readonly journal?: readonly unknown[]
  /** How many values other redactors (of the worker that ran the cases) had taken out before. */
  readonly redacted?: number
}

export interface Bundle {
  readonly results: Results
  /** Path inside the run folder, and content. */
  readonly files: ReadonlyMap<string, string>
}

interface BundleContext {
  readonly changesOf: (now: Pick<Results, 'requirements'>) => Changes
  readonly quarterlyOf?: (now: Settled) => Quarterly[]
  readonly trend?: Trend
  readonly keyid: string
  readonly publicPem: string
}

/** The files of a run folder but the manifest and the attestation, in memory. Throws when the facts do not have the shape of the model. */
export function bundleOf(record: RunRecord, redactor: Redactor, context: BundleContext): Bundle {
  const raw = new Map((record.raw ?? []).map(({ content, reference }) => [reference.path, rawFile(JSON.parse(content), redactor)]))
  const cases = record.results.cases.map((one) => ({ ...one, evidence: one.evidence.map((evidence) => rebind(evidence, raw)) }))
  // Redacted first and concluded then, so that anybody who concludes again from what is published finds the same.
  const settled = settle(redactor.json({ ...record.results, cases }))
  const plan = record.plan === undefined ? [] : [['plan.json', canonicalJson(redactor.json(record.plan))] as const]
  const journal = record.journal === undefined ? [] : [['events.ndjson', record.journal.map((event) => `${canonicalJson(redactor.json(event))}\n`).join('')] as const]
  const results = checked({
    ...settled,
    schemaVersion,
    changes: context.changesOf(settled),
    ...(context.quarterlyOf === undefined ? {} : { quarterly: context.quarterlyOf(settled) }),
    ...(context.trend === undefined ? {} : { trend: context.trend }),
    redaction: { rules: redactor.rules, removed: redactor.removed + (record.redacted ?? 0) },
    signing: { algorithm: 'ed25519', keyid: context.keyid },
  })
  const files = new Map<string, string>([
    ['results.json', canonicalJson(results)],
    ...renderedFiles(results),
    ['public-key.pem', context.publicPem],
    ...plan,
    ...journal,
    ...[...raw.values()].map(({ content, reference }) => [reference.path, content] as const),
  ])
  return { results, files }
}

function renderedFiles(results: Results): readonly (readonly [string, string])[] {
  return renderings.flatMap((rendering) => {
    const content = rendering.render(results)
    return content === undefined ? [] : [[rendering.name, content] as const]
  })
}

/** Redacting may have changed a raw file, and so its name: evidence follows it. */
function rebind(evidence: Evidence, raw: ReadonlyMap<string, RawFile>): Evidence {
  if (evidence.raw === undefined) return evidence
  const file = raw.get(evidence.raw.path)
  if (file === undefined) throw new Error(`Expected the raw file ${evidence.raw.path} of the evidence "${evidence.title}", but it was not handed over to be published.`)
  return { ...evidence, raw: file.reference }
}

function checked(results: unknown): Results {
  const parsed = resultsSchema.safeParse(results)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`Expected results in the shape of reports/model/results.ts, but ${issue?.path.join('.') || 'the whole'} is wrong: ${issue?.message ?? 'unknown'}.`)
}
