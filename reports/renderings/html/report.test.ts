import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../sealing/canonical.ts'
import { sampleResults } from '../../sealing/sample-publication.ts'
import { consoleSummary } from '../console/summary.ts'
import { summaryOf } from '../stated.ts'
import { embeddedIn } from './embedded.ts'
import { renderHtml } from './report.ts'
import { duration, instant, rowsOf } from './words.ts'

const results = sampleResults()
const html = renderHtml(results)
const text = html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('report.html', () => {
  it('needs nothing but itself', () => {
    expect(html).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b/i)
    expect(html.match(/<script\b[^>]*>/g)).toEqual(['<script type="application/json" id="plumbline-summary">'])
    expect(html).not.toMatch(/url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(html.match(/(?:src|href)="(?!#|raw\/)[^"]*"/g)).toBeNull()
    expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`)
  })

  it('is the same for the same results', () => {
    expect(renderHtml(results)).toBe(html)
  })

  it('says on top what was found, on what, and what it can be used for', () => {
    const top = text.slice(0, text.indexOf('Requirements What changed'))
    for (const part of ['violated', 'target: sandbox', 'exit code 1', 'profile nightly', results.meaning, 'It can never be counted as evidence about a real account.', results.runId]) expect(top).toContain(part)
  })

  it('holds the counts of results.json, as data and in words', () => {
    expect(embeddedIn(html)).toBe(canonicalJson(summaryOf(results)))
    expect(text).toContain('40 requirements 4 violated 2 indeterminate 1 stale 25 not run 1 waived 1 not applicable 6 satisfied')
    expect(text).toContain('576 traffic cells 6 violated 12 indeterminate 558 satisfied')
    expect(html.match(/<use href="#look-/g)).toHaveLength(576)
  })

  it('shows each story with what the specification traces to it', () => {
    const story = /<article class="story">\s*<h3><span class="id">US-003<\/span>[\s\S]*?<\/article>/.exec(html)?.[0] ?? ''
    const ids = [...story.matchAll(/href="#([A-Z]+-\d{3}(?:\.\d)?)"/g)].map(([, id]) => id)
    expect(ids).toEqual(['US-003.1', 'US-003.2', 'US-003.3', 'US-003.4', 'FR-003', 'FR-005', 'FR-008', 'FR-009', 'FR-010', 'NFR-002', 'NFR-003', 'NFR-004', 'NFR-007', 'NFR-009', 'SC-004', 'SC-005', 'SC-006', 'SC-007'])
  })

  it('shows every requirement and case once under an anchor, and every link inside it leads somewhere', () => {
    const anchors = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(anchors).size).toBe(anchors.length)
    for (const { id } of results.requirements) expect(anchors).toContain(id)
    expect(anchors.filter((id) => id?.startsWith('case-'))).toHaveLength(results.cases.length)
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(target)
  })

  it('carries the proof of each case', () => {
    expect(text).toContain('expected staging/client → production/worker:8081 (UDP, pod-ip) to be denied, but it was delivered in 2.4 ms')
    expect(text).toContain('exceeded quota: environment, requested: pods=1')
    expect(text).toContain('passed without recording evidence')
    expect(html).toMatch(/<a href="raw\/[0-9a-f]{64}\.json">/)
  })

  it('is not harmed by markup in what was seen', () => {
    expect(html).toContain('pods pending in staging &lt;quota&gt;')
    const [first, ...rest] = results.cases
    if (first === undefined) throw new Error('the sample has cases')
    const hostile = renderHtml({ ...results, cases: [{ ...first, title: '</details><script>alert(1)</script>', reason: '"><img src=x>' }, ...rest] })
    expect(hostile).not.toContain('<script>alert')
    expect(hostile).not.toContain('<img')
  })

  it('says how to reproduce it, with the same selection', () => {
    const filtered = renderHtml({ ...results, filters: { only: ['SC-004', 'FR-009'], skip: ['NFR-001'] } })
    expect(filtered).toContain('npx plumbline conform --profile nightly --only SC-004 --only FR-009 --skip NFR-001')
    expect(html).toContain('npx plumbline up\nnpx plumbline provision\nnpx plumbline conform --profile nightly</pre>')
  })

  it('does without a matrix, timings and changes', () => {
    const bare = renderHtml({ ...results, cases: [], timings: [], requirements: [] })
    expect(bare).not.toContain('id="reachability"')
    expect(bare).toContain('No phase was timed.')
    expect(bare).toContain('First run.')
  })

  it('shows what was left behind', () => {
    expect(renderHtml({ ...results, footprint: { created: ['a'], removed: [], leftovers: ['Pod development/probe'], unverified: [] } })).toContain('Left behind: Pod development/probe')
  })
})

describe('the console', () => {
  it('says the same in plain lines', () => {
    const lines = consoleSummary(results, 'reports/latest/report.html')
    expect(lines[0]).toBe('VIOLATED on sandbox (profile nightly, exit code 1)')
    expect(lines.slice(1, 5)).toEqual([
      results.meaning,
      '  requirements  4 violated, 2 indeterminate, 1 stale, 25 not run, 1 waived, 1 not applicable, 6 satisfied',
      '  cases         1 violated, 2 indeterminate, 1 stale, 1 not run, 1 waived, 1 not applicable, 5 satisfied',
      '  traffic cells 6 violated, 12 indeterminate, 558 satisfied',
    ])
    expect(lines).toContain('  indeterminate NFR-002: a pass that shows nothing: passed without recording evidence')
    expect(lines.at(-1)).toBe('report: reports/latest/report.html')
    // Letters, digits, punctuation: nothing that moves a cursor.
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  })

  it('lists twelve and counts the rest', () => {
    const requirements = results.requirements.slice(0, 20).map((one, index) => ({ ...one, verdict: 'violated' as const, reason: `reason ${index}` }))
    const lines = consoleSummary({ ...results, requirements }, 'x')
    expect(lines.filter((line) => line.startsWith('  violated'))).toHaveLength(12)
    expect(lines).toContain('  and 8 more in the report')
  })
})

describe('words', () => {
  it('for durations, instants and nested facts', () => {
    expect([duration(4.4), duration(6310), duration(31_500), duration(158_787)]).toEqual(['4 ms', '6.31 s', '31.5 s', '2 min 39 s'])
    expect(instant('2025-11-23T02:00:03.120Z')).toBe('2025-11-23 02:00:03 UTC')
    expect(rowsOf({ a: { b: 1, c: ['x', 'y'] }, d: {}, e: [{ f: true }] })).toEqual([
      { name: 'a.b', value: '1' }, { name: 'a.c', value: 'x, y' }, { name: 'd', value: 'none' }, { name: 'e.0.f', value: 'true' },
    ])
  })
})
