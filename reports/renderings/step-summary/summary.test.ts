import { expect, test } from 'vitest'
import { resultsOf, sampleCase, sampleRuns } from '../sample-runs.ts'
import { sampleFacts } from '../../model/sample.ts'
import { stepSummary } from './summary.ts'

function summaryOf(name: string): string {
  const run = sampleRuns()[name]
  if (run === undefined) throw new Error(`there is no sample ${name}`)
  return stepSummary.render(run) ?? ''
}

test('it says what was found, why, and what changed', () => {
  expect(summaryOf('violated').split('\n')).toEqual([
    '## Plumbline: violated on sandbox',
    '',
    'Exit code 1, profile nightly, run `01K9Q4T5V8Z3N6M2R7X1C0B402`, 2025-11-23 02:00 UTC, 18 records of evidence.',
    '',
    '**The platform does not do what its specification says: of 40 requirements 4 violated, 2 indeterminate, 1 stale, 26 not run, 1 waived, 1 not applicable, 5 satisfied.**',
    '',
    '|  | violated | indeterminate | stale | not run | waived | not applicable | satisfied | all |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    '| requirements | 4 | 2 | 1 | 26 | 1 | 1 | 5 | 40 |',
    '| cases | 1 | 2 | 1 | 1 | 1 | 1 | 5 | 12 |',
    '| traffic cells | 6 | 12 |  |  |  |  | 558 | 576 |',
    '',
    '### What is open',
    '',
    '| verdict | requirements | why |',
    '| --- | --- | --- |',
    '| violated | US-003 | violated in US-003.1 |',
    expect.stringMatching(/^\| violated \| US-003\.1, FR-009, SC-004 \| no pod reaches .* default-deny&#64;production, .* \|$/),
    '| indeterminate | NFR-002 | a pass that shows nothing: passed without recording evidence |',
    expect.stringMatching(/^\| indeterminate \| NFR-009 \| /),
    expect.stringMatching(/^\| stale \| NFR-007 \| /),
    expect.stringMatching(/^\| not run \| US-001 \| /),
    expect.stringMatching(/^\| not run \| US-001\.2, .*, SC-007 \| no case has been run for it \|$/),
    expect.stringMatching(/^\| not run \| US-002 \| /),
    expect.stringMatching(/^\| not run \| FR-002 \| /),
    '| not run | FR-010 | plan/audit\\_bucket\\_locked could not know object\\_lock of module.audit\\_bucket before the apply, and the case audit/retention has not been run |',
    expect.stringMatching(/^\| waived \| NFR-003 \| .*waived until 2026-01-31 by platform-lead/),
    '',
    '### Since the last run',
    '',
    '2 of 40 requirements changed their standing since that run.',
    '',
    '- New (failing now, not before): SC-004',
    '- Lost (observed before, not now): FR-002',
    '',
    '### Once a quarter',
    '',
    '2 of 2 requirements that drills prove are due.',
    '',
    '| requirement | last proved | again with |',
    '| --- | --- | --- |',
    '| NFR-007 | 2025-07-02 | npx plumbline drill chart-rollback |',
    '| FR-005 | never | npx plumbline drill secret-rotation |',
    '',
    '> This is evidence from the local sandbox: a real cluster, built and run on one machine. It can never be counted as evidence about a real account.',
    '',
    'Only `satisfied` is a pass. The proof of each verdict is in `report.html` of the run folder; `npx plumbline verify` checks that it is what was sealed.',
    '',
  ])
})

test('of a run with nothing open it is short, and what was left is named', () => {
  expect(summaryOf('satisfied').match(/^###.*$/gm)).toEqual(['### Since the last run'])
  expect(summaryOf('with leftovers')).toContain('### Left on the platform\n\n- 1 still there: Pod a/b\n')
  expect(summaryOf('not known to be gone')).toContain('- 1 not known to be gone: Pod a/b\n')
})

test('what is fresh for a quarter is said in a sentence', () => {
  const fresh = resultsOf(sampleFacts(), { quarterly: [{ requirement: 'NFR-007', at: '2025-11-02T09:00:00.000Z', runId: null, stale: false, command: 'c' }] })
  expect(stepSummary.render(fresh)).toContain('### Once a quarter\n\nAll 1 requirements that drills prove were proved within a quarter.\n')
})

test('many reasons and many names are cut, and it is said how many there are', () => {
  const requirements = Array.from({ length: 200 }, (_, index) => ({ id: `FR-${index}`, kind: 'functional' as const, title: 't', stories: [] }))
  const cases = requirements.map(({ id }, index) => sampleCase({ id: `family/${id}`, requirements: [id], verdict: 'violated', title: 'a', reason: index < 100 ? 'the same' : `${index}` }))
  const leftovers = requirements.map(({ id }) => id)
  const summary = stepSummary.render(resultsOf({ ...sampleFacts(), requirements, cases, footprint: { created: [], removed: [], leftovers, unverified: [] } })) ?? ''
  expect(summary).toContain(', FR-59 and 40 more | a: the same |')
  expect(summary).toContain('\nAnd 81 more reasons in `report.html`.\n')
  expect(summary).toContain('- 200 still there: FR-0, FR-1, FR-2, FR-3, FR-4, FR-5, FR-6, FR-7, FR-8, FR-9 and 190 more\n')
})

test.each([
  ['a count', (text: string) => text.replace('| cases | 1 | 2 |', '| cases | 0 | 3 |'), 'summary.md counts 0 violated cases, but results.json 1.'],
  ['a sum', (text: string) => text.replace('| 5 | 40 |', '| 5 | 400 |'), 'summary.md cannot be read back (its requirements come to 40, but it says 400).'],
  ['the verdict', (text: string) => text.replace('Plumbline: violated', 'Plumbline: conformant'), 'summary.md says that the verdict is conformant, but results.json that it is violated.'],
  ['the exit code', (text: string) => text.replace('Exit code 1', 'Exit code 0'), 'summary.md says that the exit code is 0, but results.json that it is 1.'],
  ['the table gone', (text: string) => text.replaceAll(/^\|.*\n/gm, ''), 'summary.md cannot be read back (it has no number of requirements that are violated).'],
])('it is read back: %s is found', (_, change, sentence) => {
  const run = sampleRuns()['violated']
  if (run === undefined) throw new Error('the sample is gone')
  const summary = summaryOf('violated')
  expect(stepSummary.disagreements(summary, run)).toEqual([])
  expect(change(summary)).not.toBe(summary)
  expect(stepSummary.disagreements(change(summary), run).join('\n')).toContain(sentence)
})
