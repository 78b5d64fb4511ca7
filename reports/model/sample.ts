import type { ReachabilityCell } from './reachability.ts'
import type { CaseResult, Evidence, RunFacts } from './results.ts'
import { sampleChartEvidence } from './sample-charts.ts'
import { sampleCatalogue } from './sample-catalogue.ts'

/** A run for tests and for looking at renderings: every verdict, 576 cells, evidence of every kind. Not the outcome of anything. */
export function sampleFacts(runId = '01K9Q4T5V8Z3N6M2R7X1C0B4DA', spoil: 'spoilt' | 'clean' = 'spoilt'): RunFacts {
  const cells = sampleCells(spoil === 'spoilt')
  return {
    runId,
    target: 'sandbox',
    profile: 'nightly',
    filters: { only: [], skip: [] },
    startedAt: '2025-11-23T02:00:03.120Z',
    finishedAt: '2025-11-23T02:02:41.907Z',
    requirements: [...sampleCatalogue],
    cases: [...matrixCases(cells, spoil === 'spoilt'), ...plainCases(spoil === 'spoilt')],
    timings: [
      { phase: 'sandbox up, three nodes Ready', seconds: 17.4 },
      { phase: 'provision', seconds: 96.2 },
      { phase: 'suites: environments', seconds: 14.8 },
      { phase: 'suites: isolation', seconds: 31.5 },
      { phase: 'traffic matrix, one pass', seconds: 6.31 },
      { phase: 'suites: pipeline', seconds: 11.9 },
    ],
    platform: {
      cluster: { id: 41203, label: 'plumbline', region: 'us-east', tier: 'enterprise', kubernetesVersion: 'v1.35.4+lke1', caSha256: '7f3c0f0e8f3b5f0c2a9d6f61e0f0b4bf6f1d0a6c7d1f5ef0aa1c0a2c3d4e5f60' },
      networkPolicyEngine: 'Calico v3.32.2',
      releases: { 'environment-development': 1, 'environment-staging': 1, 'environment-production': 1, 'environment-system': 1, 'guardrails': 2 },
      state: { lineage: '5c8e4a1e-7a34-4a0f-9d8e-2f1f5c3b9a10', serial: 14 },
    },
    verifier: {
      commit: '74c5d8148d2a1f0be0a3cf5a6f2f4f7b1f9ad3c2',
      plumbline: '0.1.0',
      node: 'v24.21.0',
      host: 'Linux 6.12.48 x86_64, 2 cores',
      runner: 'system:serviceaccount:system:plumbline-verifier',
    },
    footprint: {
      created: ['Pod development/probe-client', 'Pod production/probe-listener', 'ConfigMap staging/quota-filler'],
      removed: ['Pod development/probe-client', 'Pod production/probe-listener', 'ConfigMap staging/quota-filler'],
      leftovers: [],
      unverified: [],
    },
  }
}

const environments = ['development', 'staging', 'production', 'system'] as const
const endpoints = ['client', 'service', 'worker'] as const

/** 4 × 3 sources to 4 × 3 listeners over 2 routes and 2 protocols: 576 cells. */
export function sampleCells(spoilt: boolean): readonly ReachabilityCell[] {
  const routes = (['pod-ip', 'service'] as const).flatMap((route) => (['TCP', 'UDP'] as const).map((protocol) => ({ route, protocol })))
  const sources = environments.flatMap((environment) => endpoints.map((endpoint) => ({ environment, endpoint })))
  return sources.flatMap((from) => sources.flatMap((to) => routes.map((way, index): ReachabilityCell => {
    const id = [from.environment, from.endpoint, to.environment, to.endpoint, way.route, way.protocol].join('/')
    const intended = from.environment === to.environment ? 'allow' : 'deny'
    const nonce = Buffer.from(`${id.length}${from.endpoint}${to.environment}${index}`).toString('hex').slice(0, 16)
    const cell: ReachabilityCell = {
      id, from, to, ...way, port: way.protocol === 'TCP' ? 8080 : 8081, intended, computed: intended, first: null, nonce,
      ...(intended === 'allow' ? open : closed), ...(spoilt ? spoilsport(id) : {}),
    }
    return cell
  })))
}

type Outcome = Pick<ReachabilityCell, 'control' | 'observed' | 'verdict' | 'farSide' | 'milliseconds'>
const open: Outcome = { control: 'delivered', observed: 'delivered', verdict: 'satisfied', farSide: true, milliseconds: 1.2 }
const closed: Outcome = { control: 'delivered', observed: 'dropped', verdict: 'satisfied', farSide: false, milliseconds: 1000 }
const leaking: Outcome = { control: 'delivered', observed: 'delivered', verdict: 'violated', farSide: true, milliseconds: 2.4 }
const deaf: Outcome = { control: 'no-listener', observed: 'dropped', verdict: 'indeterminate', farSide: null, milliseconds: 1000 }

/** One selector too wide and one dead listener. */
function spoilsport(id: string): Partial<Outcome> {
  if (/^staging\/\w+\/production\/worker\/.*UDP$/.test(id)) return leaking
  return /^development\/\w+\/system\/service\//.test(id) ? deaf : {}
}

const at = '2025-11-23T02:01:12.500Z'

function matrixCases(cells: readonly ReachabilityCell[], spoilt: boolean): readonly CaseResult[] {
  const matrix: Evidence = { kind: 'reachability', title: 'traffic matrix between the environments', at, data: { cells: [...cells], seconds: 6.31 } }
  const run = { startedAt: '2025-11-23T02:01:05.000Z', durationMs: 7412 }
  return [
    {
      id: 'isolation/cross-environment-traffic',
      file: 'suites/isolation/cross-environment-traffic.test.ts',
      title: 'no pod reaches a pod of another environment',
      requirements: ['SC-004', 'FR-009', 'US-003.1'],
      ...(spoilt
        ? { verdict: 'violated', reason: 'expected staging/client → production/worker:8081 (UDP, pod-ip) to be denied, but it was delivered in 2.4 ms; policies in force: default-deny@production, allow-within-environment-ingress@production' } as const
        : { verdict: 'satisfied' } as const),
      ...run,
      evidence: [matrix],
    },
    {
      id: 'isolation/within-environment-traffic',
      file: 'suites/isolation/within-environment-traffic.test.ts',
      title: 'pods of one environment reach its open listeners',
      requirements: ['FR-003'],
      verdict: 'satisfied',
      ...run,
      evidence: [{ ...matrix, data: { cells: cells.filter((cell) => cell.intended === 'allow'), seconds: 6.31 } }],
    },
  ]
}

function plainCases(spoilt: boolean): readonly CaseResult[] {
  const seen = (title: string, data: Evidence['data']): Evidence => ({ kind: 'observation', title, at, ...(data === undefined ? {} : { data }) })
  const one = (id: string, title: string, requirements: string[], rest: Partial<CaseResult> = {}): CaseResult => ({
    id,
    file: `suites/${id}.test.ts`,
    title,
    requirements,
    verdict: 'satisfied',
    startedAt: '2025-11-23T02:00:20.000Z',
    durationMs: 840,
    evidence: [seen('what the API server answered', { namespaces: [...environments], resourceVersion: '48211' })],
    ...rest,
  })
  const unless = (verdict: CaseResult['verdict'], reason: string): Partial<CaseResult> => (spoilt ? { verdict, reason } : {})
  const notYet = sampleCatalogue.filter(({ id }) => !spoilt && !observed.has(id)).map(({ id }) => one(`sample/${id.toLowerCase()}`, `${id} holds`, [id]))
  return [
    one('environments/named', 'the four environments exist under their names', ['FR-001', 'SC-001', 'US-001.1']),
    one('environments/quota', 'one exhausted quota leaves the other environments scheduling', ['FR-001'], {
      evidence: [seen('pods pending in staging <quota>', { pending: 3, reason: 'exceeded quota: environment, requested: pods=1, used: pods=80, limited: pods=80' }), seen('pods started elsewhere', { development: 2, production: 2, system: 2 })],
    }),
    one('pipeline/lock', 'the second of two applies is refused by the lock', ['FR-010', 'NFR-009'], {
      evidence: [{ kind: 'command', title: 'terraform apply, started second', at, data: { argv: ['terraform', 'apply', '-input=false'], exitCode: 1, stderr: 'Error: Error acquiring the state lock\n\nLock Info:\n  ID:        3a1f\n  Operation: OperationTypeApply' } }],
    }),
    one('pipeline/versions', 'each apply leaves a version of the state', ['NFR-009'], unless('indeterminate', 'expected to list the versions of the state object, but the object storage did not answer within 10 s; look at its log and run again')),
    one('slo/provision-time', 'provisioning ends within 45 minutes', ['NFR-006'], {
      evidence: [{ kind: 'timing', title: 'provision, end to end', at, data: { seconds: 96.2, limitSeconds: 2700 } }, ...sampleChartEvidence(at)],
    }),
    one('secrets/unevidenced', 'a pass that shows nothing', ['NFR-002'], spoilt ? { evidence: [] } : {}),
    one('pipeline/review', 'segmentation changes without review are refused', ['NFR-003'], unless('waived', 'waived until 2026-01-31 by platform-lead (PLAT-112): review bot is being replaced; it would have been violated')),
    one('drills/rollback', 'the newest rollback drill is younger than a quarter', ['NFR-007'], unless('stale', 'the newest drill is of 2025-07-02, 144 days ago; run: npx plumbline drill rollback')),
    one('audit/standard-tier', 'standard-tier clusters offer no audit stream', ['FR-008'], unless('not-applicable', 'the cluster is of tier enterprise')),
    one('access/guide', 'the access guide works as written', ['FR-002'], spoilt ? { verdict: 'not-run', reason: 'left out by the profile nightly', evidence: [] } : {}),
    ...notYet,
  ]
}

const observed = new Set(['SC-004', 'FR-009', 'US-003.1', 'FR-003', 'FR-001', 'SC-001', 'US-001.1', 'FR-010', 'NFR-009', 'NFR-006', 'NFR-002', 'NFR-003', 'NFR-007', 'FR-008', 'FR-002', 'US-001', 'US-002', 'US-003'])
