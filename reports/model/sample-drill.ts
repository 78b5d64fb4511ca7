import type { DrillLog } from './drill.ts'

const before = { at: '2026-11-28T10:00:00.000Z', things: { 'release sample': 'a'.repeat(64) }, counters: { 'serial of the Terraform state': 4 } }

/** The log of a drill of two minutes in which everything went well, for tests and for looking at renderings. */
export function goodLog(more: Partial<DrillLog> = {}): DrillLog {
  return {
    version: 1, drill: 'chart-rollback', title: 'a change is taken back', target: 'sandbox', startedAt: '2026-11-28T10:00:00.000Z', finishedAt: '2026-11-28T10:02:00.000Z',
    operator: 'sre-one', witness: 'sre-two', runbook: { file: 'docs/a.md', sha256: 'b'.repeat(64) }, touches: ['releases'], aborts: ['a delivery'], time: { atMost: 900, taken: 40 },
    steps: [{ title: 'the change', startedAt: '2026-11-28T10:00:05.000Z', seconds: 30, outcome: 'done', counts: false }, { title: 'the way back', command: 'helm rollback a 1', startedAt: '2026-11-28T10:00:40.000Z', seconds: 40, outcome: 'done', counts: true }],
    watch: {
      seconds: 120, looks: 118, unobserved: 2, gaps: [{ from: 10, to: 12 }], deniedCells: 900, attempts: 106_200, controls: { attempted: 8000, delivered: 7990 }, delivered: [],
      environments: { staging: { looks: 120, unobserved: 0, unreachable: 0, longest: 0, allowed: 10, spans: [] } },
    },
    aborted: null, observations: [], undone: [{ title: 'the files', command: 'npx plumbline provision', outcome: 'done', seconds: 20 }],
    before, after: { ...before, counters: { 'serial of the Terraform state': 6 } }, differences: [], renewed: [], restored: true, ...more,
  }
}
