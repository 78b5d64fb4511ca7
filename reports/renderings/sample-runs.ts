import { settle } from '../model/aggregate.ts'
import { noComparison, type Changes } from '../model/changes.ts'
import { schemaVersion, type CaseResult, type Quarterly, type Results, type RunFacts } from '../model/results.ts'
import { sampleFacts } from '../model/sample.ts'
import { runIds } from '../sealing/sample-publication.ts'

/** Results as they would be published, without a folder, for tests of the renderings. */
export function resultsOf(facts: RunFacts, more: { readonly changes?: Changes, readonly quarterly?: Quarterly[] } = {}): Results {
  return {
    ...settle(facts), schemaVersion, changes: noComparison('First run.'), redaction: { rules: '1', removed: 0 }, signing: { algorithm: 'ed25519', keyid: 'ab'.repeat(32) }, ...more,
  }
}

const at = '2025-11-23T02:01:00.000Z'

/** A case that was observed, unless `more` says otherwise. */
export function sampleCase(more: Partial<CaseResult> = {}): CaseResult {
  return { id: 'environments/named', file: 'suites/environments/named.test.ts', title: 'the environments exist', requirements: ['FR-001'], verdict: 'satisfied', evidence: [{ kind: 'observation', title: 'seen', at, data: 1 }], ...more }
}

const policy: CaseResult['evidence'][number] = {
  kind: 'policy', title: 'what the policies said', at,
  data: {
    run: 'R', finishedAt: at, policies: 'sha256:a', counts: { denied: 0, waived: 0, unknown: 1, allowed: 9 },
    findings: [{ rule: 'plan/audit_bucket_locked', title: 'Locked', severity: 'high', requirements: ['FR-010'], solution: 'Lock it.', subject: 'module.audit_bucket', verdict: 'unknown', dependsOn: 'object_lock', dischargedBy: 'audit/retention' }],
  },
}

const quarterly: Quarterly[] = [
  { requirement: 'NFR-007', at: '2025-07-02T09:00:00.000Z', runId: runIds[0], stale: true, command: 'npx plumbline drill chart-rollback' },
  { requirement: 'FR-005', at: null, runId: null, stale: true, command: 'npx plumbline drill secret-rotation' },
]

const changes: Changes = { ...noComparison('2 of 40 requirements changed their standing since that run.'), new: [{ id: 'SC-004', from: 'satisfied', to: 'violated' }], lost: [{ id: 'FR-002', from: 'satisfied', to: 'not-run' }] }

/** A run for each way in which one can end, by the exit code and the verdict. */
export function sampleRuns(): Readonly<Record<string, Results>> {
  const spoilt = sampleFacts(runIds[0])
  const clean = sampleFacts(runIds[1], 'clean')
  const but = (index: number, more: Partial<CaseResult>) => ({ ...clean, cases: clean.cases.map((one, place) => place === index ? { ...one, ...more } : one) })
  const runs = {
    'satisfied': resultsOf(clean),
    'waived': resultsOf(but(2, { verdict: 'waived', reason: 'accepted until 2026-01-31' })),
    'violated': resultsOf({ ...spoilt, cases: spoilt.cases.map((one) => one.id === 'pipeline/lock' ? { ...one, evidence: [...one.evidence, policy] } : one) }, { changes, quarterly }),
    'indeterminate': resultsOf(but(2, { verdict: 'indeterminate', reason: 'the API server did not answer' })),
    'stale': resultsOf(but(2, { verdict: 'stale', reason: 'too long ago' })),
    'not applicable': resultsOf(but(2, { verdict: 'not-applicable', reason: 'there is none' })),
    'partial': resultsOf({ ...clean, filters: { only: ['FR-001'], skip: [] }, cases: clean.cases.slice(0, 4) }),
    'empty': resultsOf({ ...clean, cases: [] }),
    'of no requirement': resultsOf({ ...clean, cases: [], requirements: [] }),
    'with leftovers': resultsOf({ ...clean, footprint: { created: ['Pod a/b'], removed: [], leftovers: ['Pod a/b'], unverified: [] } }),
    'not known to be gone': resultsOf({ ...clean, footprint: { created: ['Pod a/b'], removed: [], leftovers: [], unverified: ['Pod a/b'] } }),
  }
  return Object.fromEntries(Object.entries(runs).map(([name, run], index) => [name, { ...run, runId: `01K9Q4T5V8Z3N6M2R7X1C0B4${String(index).padStart(2, '0')}` }]))
}
