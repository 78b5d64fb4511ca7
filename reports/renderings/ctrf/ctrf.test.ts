import { isValid, parse, validate } from 'ctrf'
import { expect, test } from 'vitest'
import { sampleFacts } from '../../model/sample.ts'
import { verdicts } from '../../model/verdict.ts'
import { resultsOf, sampleCase, sampleRuns } from '../sample-runs.ts'
import { ctrf } from './ctrf.ts'

const all = resultsOf({ ...sampleFacts(), cases: verdicts.map((verdict) => sampleCase({ id: `family/${verdict}`, title: verdict, verdict, startedAt: '2025-11-23T02:01:05.000Z', durationMs: 1234.5, ...(verdict === 'satisfied' ? {} : { reason: `why ${verdict}` }) })) })
const json = ctrf.render(all) ?? ''

test.each(Object.entries(sampleRuns()))('it is CTRF by its schema, of a run that is %s', (_, run) => {
  expect(validate(JSON.parse(ctrf.render(run) ?? ''))).toMatchObject({ valid: true })
})

test('the schema refuses what is no CTRF, so it is asked at all', () => {
  expect(isValid(JSON.parse(json))).toBe(true)
  expect(isValid(JSON.parse(json.replace('"status":"other"', '"status":"maybe"')))).toBe(false)
})

test('each verdict has a status, and only what is satisfied has passed', () => {
  const { results: { tests, summary, environment } } = parse(json)
  expect(tests.map(({ testId, status, rawStatus, message }) => [testId, status, rawStatus, message])).toEqual([
    ['plumbline/run', 'failed', 'violated', all.meaning],
    ['family/satisfied', 'passed', 'satisfied', undefined],
    ['family/violated', 'failed', 'violated', 'why violated'],
    ['family/indeterminate', 'other', 'indeterminate', 'why indeterminate'],
    ['family/waived', 'other', 'waived', 'why waived'],
    ['family/not-applicable', 'other', 'not-applicable', 'why not-applicable'],
    ['family/not-run', 'skipped', 'not-run', 'why not-run'],
    ['family/stale', 'skipped', 'stale', 'why stale'],
  ])
  expect(summary).toEqual({ tests: 8, passed: 1, failed: 2, skipped: 2, pending: 0, other: 3, suites: 2, start: 1763863203120, stop: 1763863361907, duration: 158787 })
  expect(environment).toEqual({ appName: 'platform', testEnvironment: 'sandbox', healthy: false, commit: '74c5d8148d2a1f0be0a3cf5a6f2f4f7b1f9ad3c2' })
  expect(tests[1]).toMatchObject({ suite: ['family'], tags: ['FR-001'], start: 1763863265000, stop: 1763863266235, duration: 1235, filePath: 'suites/environments/named.test.ts', extra: { evidence: 1 } })
})

test('what the format has no place for is in its extra', () => {
  const { extra, runId } = parse(json)
  expect(runId).toBe(all.runId)
  expect(extra).toEqual({ plumbline: { runId: all.runId, target: 'sandbox', profile: 'nightly', verdict: 'violated', exitCode: 1, meaning: all.meaning, scope: all.scope, counts: all.counts, filters: all.filters, changes: 'First run.' } })
})

test.each([
  ['a failure made a pass', (text: string) => text.replace('"rawStatus":"violated","start":1763863265000,"status":"failed"', '"rawStatus":"violated","start":1763863265000,"status":"passed"'), 'ctrf.json shows family/violated as passed, but says that it is violated.'],
  ['what was not run made a pass', (text: string) => text.replace('"rawStatus":"not-run","start":1763863265000,"status":"skipped"', '"rawStatus":"satisfied","start":1763863265000,"status":"passed"'), 'ctrf.json counts 2 satisfied cases, but results.json 1.'],
  ['a number of the summary', (text: string) => text.replace('"failed":2', '"failed":0'), 'ctrf.json has 2 failed, but says 0.'],
  ['the run made a pass', (text: string) => text.replace(/"status":"failed","stop":(\d+),"suite":\["plumbline"\]/, '"status":"passed","stop":$1,"suite":["plumbline"]'), 'ctrf.json shows the run as passed with exit code 1.'],
  ['the verdict', (text: string) => text.replace('"verdict":"violated"', '"verdict":"conformant"'), 'ctrf.json says that the verdict is conformant, but results.json that it is violated.'],
  ['a count of cells', (text: string) => text.replace('"cells":{"indeterminate":0', '"cells":{"indeterminate":4'), 'ctrf.json counts 4 indeterminate cells, but results.json 0.'],
  ['half of it', (text: string) => text.slice(0, 900), 'ctrf.json cannot be read back ('],
])('it is read back: %s is found', (_, change, sentence) => {
  expect(ctrf.disagreements(json, all)).toEqual([])
  expect(change(json)).not.toBe(json)
  expect(ctrf.disagreements(change(json), all).join('\n')).toContain(sentence)
})
