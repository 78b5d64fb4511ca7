import { settle } from '../../model/aggregate.ts'
import { noComparison } from '../../model/changes.ts'
import { schemaVersion, type CaseResult, type Evidence, type Results, type RunFacts } from '../../model/results.ts'
import { sampleFacts } from '../../model/sample.ts'
import { goodLog } from '../../model/sample-drill.ts'
import { sampleResults } from '../../sealing/sample-publication.ts'
import { oscalRenderings } from './index.ts'

const at = '2025-11-23T02:01:00.000Z'

/** Results of these facts as publishing would conclude them. */
export function resultsOf(facts: Partial<RunFacts>, more: Partial<Results> = {}): Results {
  const seal = { schemaVersion, changes: noComparison('First run.'), redaction: { rules: 'none', removed: 0 }, signing: { algorithm: 'ed25519', keyid: 'ab'.repeat(32) } } as const
  return { ...settle({ ...sampleFacts(), ...facts }), ...seal, ...more }
}

function caseOf(id: string, requirements: string[], more: Partial<CaseResult> = {}): CaseResult {
  const evidence: Evidence = { kind: 'observation', title: 'seen', at, data: { seen: true } }
  return { id, file: `suites/${id}.test.ts`, title: `${id} holds`, requirements, verdict: 'satisfied', evidence: [evidence], startedAt: '2025-11-23T02:00:30Z', durationMs: 1200.5, ...more }
}

/** What a platform may answer and a person may type: line ends, control characters, half a surrogate pair, markup of every kind, and a lot of it. */
export const hostileText = ` \r\n# <script>alert("x")</script>\u0000\u001b[31m *bold* _low_ [link](javascript:x) {{ insert: param, p }} \u2028 \ud800 \uffff & ~a~ ^b^ \\ ${'long '.repeat(5000)}\n`

const hostileIds = ['FR 001/"\n', 'ß-é', '_under_score', '1.2', '', 'FR-001_smt', 'group_story', 'a'.repeat(300)]

function hostile(): Results {
  const requirements = hostileIds.map((id, index) => ({ id, kind: index % 2 === 0 ? 'functional' as const : 'story' as const, title: index === 3 ? '' : hostileText, stories: ['US-404', id] }))
  const raw = { path: `raw/${'c'.repeat(64)}.json`, sha256: 'c'.repeat(64), size: 3 }
  const cases = hostileIds.map((id, index) => caseOf(`case ${hostileText.slice(0, 60)} ${index}`, [id, id], {
    title: hostileText, file: '', verdict: index === 0 ? 'satisfied' : 'violated', reason: hostileText, startedAt: '2024-02-29T23:59:59.999Z',
    evidence: [{ kind: 'command', title: hostileText, at, raw }, { kind: 'observation', title: ' x ', at, data: hostileText }, { kind: 'timing', title: 'nothing shown', at }],
  }))
  return resultsOf({ requirements, cases, profile: 'smoke', filters: { only: [hostileText], skip: ['FR-002'] }, platform: { cluster: 'none' }, verifier: { plumbline: hostileText, commit: 7 } })
}

function gameday(): Results {
  const drill = { kind: 'drill' as const, title: 'the log', at, data: JSON.parse(JSON.stringify(goodLog())) as NonNullable<Evidence['data']> }
  const finding = { title: 'No bucket is open', severity: 'high' as const, solution: 'Set `acl`.', message: 'it is open' }
  const waiver = { owner: 'ann', approver: 'bob', reason: 'moves next month', ticket: 'CHG-7', expires: '2027-01-20' }
  const policy = {
    kind: 'policy' as const, title: 'what the policies said', at,
    data: {
      run: 'R', finishedAt: at, policies: 'sha256:a', counts: { denied: 0, waived: 2, unknown: 1, allowed: 9 },
      findings: [
        { ...finding, rule: 'plan/bucket_private', requirements: ['NFR-002'], subject: 'module.a', verdict: 'waived', waiver },
        { ...finding, rule: 'plan/bucket_private', requirements: ['NFR-002'], subject: 'module.a', verdict: 'waived', waiver: { ...waiver, expires: 'when it is done' } },
        { ...finding, rule: 'plan/lock', requirements: ['FR-010'], subject: 'module.b', verdict: 'unknown', dependsOn: 'lock', dischargedBy: 'audit/lock' },
      ],
    },
  }
  const cases = [
    caseOf('drills/chart-rollback', ['SC-007', 'NFR-007'], { evidence: [drill] }),
    caseOf('pipeline/judged', ['FR-007'], { evidence: [policy] }),
    caseOf('audit/lock', ['FR-010'], { verdict: 'not-run', reason: 'left out by the profile', evidence: [] }),
  ]
  const quarterly = [
    { requirement: 'SC-007', at, runId: sampleFacts().runId, stale: false, expires: '2026-02-23T02:01:00.000Z', command: 'npx plumbline drill chart-rollback' },
    { requirement: 'NFR-007', at: null, runId: null, stale: true, expires: null, command: 'npx plumbline drill terraform-rollback' },
  ]
  return resultsOf({ cases, profile: 'gameday' }, { quarterly })
}

/** What would be in the run folder, by name. */
export function documentsOf(results: Results): Map<string, string> {
  return new Map(oscalRenderings.flatMap((one): [string, string][] => {
    const content = one.render(results)
    return content === undefined ? [] : [[one.name, content]]
  }))
}

/** Results to hold the renderings against, by what is special about them. */
export const samples: Readonly<Record<string, () => Results>> = {
  'every verdict, a raw file': () => sampleResults(),
  'nothing open': () => sampleResults('clean'),
  'no cases': () => resultsOf({ cases: [] }),
  'no requirements': () => resultsOf({ cases: [], requirements: [] }),
  'hostile text and ids': hostile,
  'drills, waivers, unknowns': gameday,
}
