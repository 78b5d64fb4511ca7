import { describe, expect, test } from 'vitest'
import type { DrillLog } from '../../model/drill.ts'
import type { CaseResult, Evidence } from '../../model/results.ts'
import { goodLog } from '../../model/sample-drill.ts'
import { sampleResults } from '../../sealing/sample-publication.ts'
import { drillSvg } from './drill-svg.ts'
import { drillInWords } from './drills.ts'
import { renderHtml } from './report.ts'

function caseWith(log: DrillLog): CaseResult {
  const evidence: Evidence = { kind: 'drill', title: 'drill', at: log.finishedAt, data: JSON.parse(JSON.stringify(log)) as NonNullable<Evidence['data']> }
  return { id: 'drills/chart-rollback', file: 'suites/drills/chart-rollback.test.ts', title: 'a change is taken back', requirements: ['SC-007'], verdict: 'satisfied', evidence: [evidence] }
}

function pageWith(log: DrillLog): string {
  const results = sampleResults('clean')
  const quarterly = [{ requirement: 'SC-007', at: null, runId: null, stale: true, command: 'npx plumbline drill chart-rollback' }]
  return renderHtml({ ...results, cases: [...results.cases, caseWith(log)], quarterly })
}

describe('the drawing of a drill', () => {
  test('has a row for each step, each environment and the denied cells, and says what each shows', () => {
    const { watch } = goodLog()
    const svg = drillSvg(goodLog({
      steps: [{ title: 'the way back', startedAt: '2026-11-28T10:00:40.000Z', seconds: 61, atMost: 60, outcome: 'late', counts: true }, { title: 'never begun', seconds: 0, outcome: 'not reached', counts: true }],
      watch: { ...watch, delivered: [{ cell: 'a -> b', at: 50 }], environments: { staging: { looks: 120, unobserved: 0, unreachable: 3, longest: 3, allowed: 10, spans: [{ from: 40, to: 43 }] } } },
    }), 'words')
    for (const title of ['the way back: late, 61.0 s', 'at most 60 s', 'out of reach from 40 to 43 s', 'unobserved from 10 to 12 s', 'a -&gt; b was delivered']) expect(svg).toContain(`<title>${title}</title>`)
    expect(svg.match(/class="name"/g)).toHaveLength(4)
    expect(svg).not.toMatch(/NaN|undefined/)
  })

  test('a drill without any step is still drawn', () => {
    expect(drillSvg(goodLog({ steps: [], finishedAt: '2026-11-28T10:00:00.000Z' }), 'words')).not.toMatch(/NaN|Infinity/)
  })
})

test('the same in words', () => {
  expect(drillInWords(goodLog())).toBe('chart-rollback: 2 of 2 steps done; the way back took 40 s of at most 900 s; 118 of 120 s watched, 106200 attempts at 900 denied cells, 0 delivered; out of reach: staging 0 s; everything is as it was before')
})

test('the page shows the drill with its people and its runbook, what moved on, and what is due', () => {
  const text = pageWith(goodLog()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  for (const part of ['by sre-one, seen by sre-two, by docs/a.md', 'all are those of before', 'serial of the Terraform state 4 to 6', 'Once a quarter: last proved never, so it is stale; run npx plumbline drill chart-rollback']) expect(text).toContain(part)
})

test('markup in what was typed does no harm', () => {
  expect(pageWith(goodLog({ steps: [{ title: '<b>x</b>', command: '<script>', seconds: 1, outcome: 'not reached', counts: true }] }))).not.toMatch(/<b>x|<script>/)
})
