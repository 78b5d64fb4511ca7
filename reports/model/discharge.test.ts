import { expect, test } from 'vitest'
import { runSarif } from '../renderings/sarif/run.ts'
import { settle } from './aggregate.ts'
import { dischargesOf, newestPolicy } from './discharge.ts'
import type { PolicyFinding } from './policy.ts'
import type { CaseResult, Evidence, RunFacts } from './results.ts'
import type { Verdict } from './verdict.ts'

const at = '2026-11-28T10:00:00.000Z'
const finding: PolicyFinding = {
  rule: 'plan/database_tls', title: 'TLS only', severity: 'high', requirements: ['FR-006'], solution: 'Make it anew.',
  subject: 'db', verdict: 'unknown', dependsOn: 'ssl_connection', dischargedBy: 'datastore/tls-demanded',
}
type Json = NonNullable<Evidence['data']>
const policy = (run: string, finishedAt: string) => JSON.parse(JSON.stringify({ run, finishedAt, policies: 'sha256:a', counts: { denied: 0, waived: 0, unknown: 1, allowed: 9 }, findings: [finding] })) as Json

const one = (id: string, verdict: Verdict, requirements: string[], more: Partial<CaseResult> = {}): CaseResult => ({
  id, file: `suites/${id}.test.ts`, title: id, requirements, verdict, reason: 'as seen', evidence: [{ kind: 'observation', title: 'seen', at, data: 1 }], ...more,
})
const judged = (data: Json = policy('R2', '2026-11-28T09:00:00.000Z')) => one('pipeline/judged-before-applied', 'satisfied', ['FR-007'], {
  evidence: [{ kind: 'policy', title: 'older', at, data: policy('R1', '2026-11-28T08:00:00.000Z') }, { kind: 'policy', title: 'newest', at, data }],
})
const live = (verdict: Verdict) => one('datastore/tls-demanded', verdict, ['FR-006'])

function settled(cases: CaseResult[]) {
  const requirements = ['FR-006', 'FR-007'].map((id) => ({ id, kind: 'functional' as const, title: id, stories: [] }))
  const facts: RunFacts = {
    runId: 'R', target: 'sandbox', profile: 'nightly', filters: { only: [], skip: [] }, startedAt: at, finishedAt: at, cases, timings: [], platform: {}, verifier: { plumbline: '0.1.0' },
    footprint: { created: [], removed: [], leftovers: [], unverified: [] }, requirements,
  }
  return settle(facts)
}

test.each([
  ['satisfied', 'discharged', 'satisfied', 'pass'],
  ['violated', 'contradicted', 'violated', 'fail'],
  ['indeterminate', 'open', 'indeterminate', 'open'],
  ['not-run', 'open', 'not-run', 'open'],
] as const)('when the live case is %s, the unknown is %s and its requirement %s', (verdict, state, requirement, kind) => {
  const { cases, requirements, verifier } = settled([judged(), live(verdict)])
  expect(dischargesOf(cases).map((discharge) => discharge.state)).toEqual([state])
  expect(requirements.find(({ id }) => id === 'FR-006')?.verdict).toBe(requirement)
  expect(runSarif({ cases, verifier })?.runs[0]?.results.map((result) => result.kind)).toEqual([kind])
})

test('an unknown whose case was not asked keeps its requirement from being satisfied, and the reason says what was not known', () => {
  const { requirements } = settled([judged(), one('datastore/own-role', 'satisfied', ['FR-006'])])
  expect(requirements.find(({ id }) => id === 'FR-006')).toMatchObject({
    verdict: 'not-run', reason: 'plan/database_tls could not know ssl_connection of db before the apply, and the case datastore/tls-demanded has not been run',
  })
})

test('the newest run of the pipeline counts, and evidence of another shape makes its case indeterminate', () => {
  expect(newestPolicy([judged()])?.run).toBe('R2')
  expect(settled([judged({ run: 1 }), live('satisfied')]).cases[0]).toMatchObject({ verdict: 'indeterminate', reason: 'its evidence about the policies does not have their shape' })
})
