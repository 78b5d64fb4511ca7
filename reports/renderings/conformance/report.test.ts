import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { sampleFacts } from '../../model/sample.ts'
import { verdicts, type Verdict } from '../../model/verdict.ts'
import { resultsOf, sampleCase, sampleRuns } from '../sample-runs.ts'
import { conformanceReport } from './report.ts'

interface Read {
  profiles: { name: string, summary: string, core?: { result: string, statistics: object }, extended?: { result: string, statistics: object } }[]
}

function read(results: Parameters<typeof conformanceReport.render>[0]): Read {
  return parse(conformanceReport.render(results) ?? '') as Read
}

/** A run of one kind of requirement, one for each verdict that is given. */
function runOf(given: readonly Verdict[], filters = { only: [] as string[], skip: [] as string[] }) {
  const requirements = given.map((_, index) => ({ id: `FR-${index}`, kind: 'functional' as const, title: 't', stories: [] }))
  const cases = given.map((verdict, index) => sampleCase({ id: `family/${index}`, requirements: [`FR-${index}`], verdict, ...(verdict === 'satisfied' ? {} : { reason: `why ${verdict}` }) }))
  return resultsOf({ ...sampleFacts(), filters, requirements, cases })
}

test.each<[string, readonly Verdict[], string]>([
  ['all satisfied', ['satisfied', 'satisfied'], 'success'],
  ['one waived', ['satisfied', 'waived'], 'success'],
  ['one that does not apply', ['satisfied', 'not-applicable'], 'success'],
  ['nothing that applies', ['not-applicable'], 'partial'],
  ['one not run', ['satisfied', 'not-run'], 'partial'],
  ['one stale', ['satisfied', 'stale'], 'partial'],
  ['one that could not be decided', ['satisfied', 'indeterminate'], 'failure'],
  ['one violated among what was not run', ['violated', 'not-run'], 'failure'],
])('with %s', (_, given, result) => {
  expect(read(runOf(given)).profiles[0]?.core?.result).toBe(result)
})

test('a selection succeeds nowhere', () => {
  expect(read(runOf(['satisfied'], { only: ['FR-0'], skip: [] })).profiles[0]?.core?.result).toBe('partial')
})

test('each verdict has its place in the statistics, and only what is satisfied has passed', () => {
  expect(read(runOf(verdicts))).toEqual({
    apiVersion: 'plumbline.dev/v1',
    kind: 'ConformanceReport',
    date: '2025-11-23T02:02:41.907Z',
    mode: 'nightly',
    target: 'sandbox',
    implementation: {
      organization: 'plumbline-dev', project: 'plumbline', url: 'https://github.com/plumbline-dev/plumbline', version: '0.1.0', commit: '74c5d8148d2a1f0be0a3cf5a6f2f4f7b1f9ad3c2',
      contact: ['https://github.com/plumbline-dev/plumbline/issues'], cluster: { label: 'plumbline', region: 'us-east', tier: 'enterprise' },
    },
    plumbline: {
      runId: '01K9Q4T5V8Z3N6M2R7X1C0B4DA', verdict: 'violated', exitCode: 1, meaning: runOf(verdicts).meaning, scope: runOf(verdicts).scope, selection: { only: [], skip: [] },
      counts: { cases: Object.fromEntries(verdicts.map((verdict) => [verdict, 1])), cells: { satisfied: 0, violated: 0, indeterminate: 0 }, evidence: 7 },
    },
    profiles: [{
      name: 'functional',
      summary: 'Core: 1 violated, 1 indeterminate, 1 stale, 1 not run, 1 waived, 1 not applicable, 1 satisfied.',
      core: {
        result: 'failure', statistics: { Passed: 1, Failed: 2, Skipped: 2, Waived: 1, NotApplicable: 1 },
        failedTests: ['FR-1', 'FR-2'], skippedTests: ['FR-5', 'FR-6'], waivedTests: ['FR-3'], notApplicableTests: ['FR-4'],
      },
    }],
    notSatisfied: verdicts.slice(1).map((verdict, index) => ({ requirement: `FR-${index + 1}`, verdict, reason: `the environments exist: why ${verdict}` })),
  })
})

test('what drills prove once a quarter is extended, all else is core', () => {
  const { violated } = sampleRuns()
  if (violated === undefined) throw new Error('the sample is gone')
  expect(read(violated).profiles.map(({ name, core, extended }) => [name, core?.statistics, extended?.statistics])).toEqual([
    ['stories', { Passed: 1, Failed: 2, Skipped: 11, Waived: 0, NotApplicable: 0 }, undefined],
    ['functional', { Passed: 2, Failed: 1, Skipped: 5, Waived: 0, NotApplicable: 1 }, { Passed: 0, Failed: 0, Skipped: 1, Waived: 0, NotApplicable: 0 }],
    ['non-functional', { Passed: 1, Failed: 2, Skipped: 4, Waived: 1, NotApplicable: 0 }, { Passed: 0, Failed: 0, Skipped: 1, Waived: 0, NotApplicable: 0 }],
    ['success-criteria', { Passed: 1, Failed: 1, Skipped: 5, Waived: 0, NotApplicable: 0 }, undefined],
  ])
})

const all = runOf(verdicts)
const yaml = conformanceReport.render(all) ?? ''

test.each([
  ['a failure counted as a pass', (text: string) => text.replace('Passed: 1', 'Passed: 2'), 'conformance.yaml counts 2 satisfied requirements, but results.json 1.'],
  ['a failure taken out of the list', (text: string) => text.replace('        - FR-1\n', ''), 'conformance.yaml lists 1 requirements as Failed in functional core, but says 2.'],
  ['a requirement that is nowhere', (text: string) => text.replace('        - FR-5\n', '        - FR-9\n'), 'conformance.yaml does not have FR-9 both in a profile and among what is not satisfied.'],
  ['a success that is none', (text: string) => text.replace('result: failure', 'result: success'), 'conformance.yaml says success of functional core, with 4 requirements that did not pass.'],
  ['another verdict of a requirement', (text: string) => text.replace('verdict: not-run', 'verdict: waived'), 'conformance.yaml counts 0 not-run requirements, but results.json 1.'],
  ['the target', (text: string) => text.replace('target: sandbox', 'target: lke'), 'conformance.yaml says that the target is lke, but results.json that it is sandbox.'],
  ['half of it', (text: string) => text.slice(0, 900), 'conformance.yaml cannot be read back ('],
])('it is read back: %s is found', (_, change, sentence) => {
  expect(conformanceReport.disagreements(yaml, all)).toEqual([])
  expect(change(yaml)).not.toBe(yaml)
  expect(conformanceReport.disagreements(change(yaml), all).join('\n')).toContain(sentence)
})
