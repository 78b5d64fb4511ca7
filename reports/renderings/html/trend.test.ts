import { expect, test } from 'vitest'
import { sampleResults } from '../../sealing/sample-publication.ts'
import { renderHtml } from './report.ts'
import { trendSvg, trendView } from './trend.ts'

const none = { 'satisfied': 0, 'violated': 0, 'indeterminate': 0, 'waived': 0, 'not-applicable': 0, 'not-run': 0, 'stale': 0 }
const point = (runId: string, counts: Partial<typeof none>) => ({ runId, at: '2026-11-28T02:00:00.000Z', verdict: 'violated' as const, requirements: { ...none, ...counts } })

test('each run is a bar of which the parts are as high as their numbers, the best at the bottom', () => {
  const svg = trendSvg([point('a', { satisfied: 30, violated: 10 }), point('b', { satisfied: 40 })], 'words')
  expect(svg).toContain('<title>a, 2026-11-28 02:00:00 UTC, violated: 10 violated, 30 satisfied</title>')
  expect([...svg.matchAll(/<g class="(\S+)"><rect x="\S+" y="(\S+)" width="\S+" height="(\S+)"/g)].map(([, verdict, y, height]) => [verdict, Number(y), Number(height)])).toEqual([
    ['satisfied', 55, 135], ['violated', 10, 45], ['satisfied', 10, 180],
  ])
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
})

test('thirty runs, and one without requirements, are drawn', () => {
  expect(trendSvg(Array.from({ length: 30 }, (_, index) => point(String(index), { satisfied: index })), 'words')).not.toMatch(/NaN|Infinity|undefined/)
})

test('the page shows this run beside those before it, and nothing when there are none', () => {
  const results = sampleResults('clean')
  expect(trendView(results)).toBeUndefined()
  const earlier = { ...results, trend: { note: 'This run beside the one before it.', runs: [point('<b>x', { satisfied: 1, stale: 2 })] } }
  expect(trendView(earlier)?.points.map(({ words }) => words)[0]).toBe('2 stale, 1 satisfied')
  const page = renderHtml(earlier)
  expect(page).toContain('This run beside the one before it.')
  expect(page).not.toContain('<b>x')
})
