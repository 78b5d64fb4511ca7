import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exitCodeOf, runVerdict, scopes, settle, settleCase, worst } from './aggregate.ts'
import { countsInWords, total } from './counts.ts'
import type { CaseResult, Evidence, RunFacts } from './results.ts'
import { sampleCells, sampleFacts } from './sample.ts'
import { verdicts, type Verdict } from './verdict.ts'

const at = '2025-11-23T02:00:00.000Z'
const seen: Evidence = { kind: 'observation', title: 'seen', at, data: 1 }

function one(requirement: string, verdict: Verdict, more: Partial<CaseResult> = {}): CaseResult {
  return { id: `${requirement}/${verdict}`, file: 'x.test.ts', title: `${requirement} title`, requirements: [requirement], verdict, evidence: [seen], ...(verdict === 'satisfied' ? {} : { reason: 'because' }), ...more }
}

function run(cases: readonly CaseResult[], more: Partial<RunFacts> = {}): RunFacts {
  const entry = (id: string): RunFacts['requirements'][number] => ({ id, kind: 'functional', title: id, stories: [] })
  return { ...sampleFacts(), requirements: [...new Set(cases.flatMap((each) => each.requirements))].map(entry), cases: [...cases], ...more }
}

describe('the verdict of a requirement', () => {
  it.each<[Verdict[], Verdict]>([
    [[], 'not-run'],
    [['satisfied', 'satisfied'], 'satisfied'],
    [['satisfied', 'violated', 'indeterminate', 'not-run'], 'violated'],
    [['satisfied', 'indeterminate', 'not-run'], 'indeterminate'],
    [['satisfied', 'not-run', 'stale'], 'not-run'],
    [['satisfied', 'stale', 'waived'], 'stale'],
    [['satisfied', 'waived', 'not-applicable'], 'waived'],
    [['satisfied', 'not-applicable'], 'satisfied'],
    [['not-applicable'], 'not-applicable'],
  ])('of %j is %s', (parts, expected) => {
    expect(worst(parts)).toBe(expected)
  })

  it('is satisfied only when every part is satisfied or not applicable, whatever the parts', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...verdicts)), (parts) => {
      const passes = parts.includes('satisfied') && parts.every((part) => part === 'satisfied' || part === 'not-applicable')
      expect(worst(parts) === 'satisfied').toBe(passes)
    }))
  })

  it('of a story is that of its worst scenario', () => {
    const story = (id: string): RunFacts['requirements'][number] => ({ id, kind: 'story', title: id, stories: [] })
    const facts = run([one('US-001.1', 'satisfied')], { requirements: [story('US-001'), story('US-001.1'), story('US-001.2'), story('US-0010')] })
    expect(settle(facts).requirements.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
      ['US-001', 'not-run', 'not run in US-001.2'],
      ['US-001.1', 'satisfied', undefined],
      ['US-001.2', 'not-run', 'no case has been run for it'],
      ['US-0010', 'not-run', 'no case has been run for it'],
    ])
  })
})

describe('the verdict of a run', () => {
  it.each<[Verdict[], boolean, string, number]>([
    [['satisfied', 'not-applicable'], false, 'conformant', 0],
    [['satisfied', 'waived'], false, 'conformant', 0],
    [['satisfied'], true, 'partial', 4],
    [['satisfied', 'not-run'], false, 'partial', 4],
    [['satisfied', 'stale'], false, 'partial', 4],
    [['not-applicable'], false, 'partial', 4],
    [[], false, 'partial', 4],
    [['indeterminate', 'not-run'], true, 'indeterminate', 3],
    [['violated', 'indeterminate', 'not-run'], true, 'violated', 1],
  ])('of %j (filtered: %s) is %s, exit code %i', (requirements, filtered, verdict, exitCode) => {
    const found = runVerdict(requirements, filtered)
    expect([found, exitCodeOf(found, { leftovers: 0, unverified: 0 })]).toEqual([verdict, exitCode])
  })

  it('with leftovers exits 5, unless something is violated', () => {
    const remains = { leftovers: 1, unverified: 1 }
    expect([exitCodeOf('conformant', remains), exitCodeOf('indeterminate', remains), exitCodeOf('partial', remains), exitCodeOf('violated', remains)]).toEqual([5, 5, 5, 1])
  })

  it('whose cleanup could not be observed is undecided, unless something is violated', () => {
    const remains = { leftovers: 0, unverified: 1 }
    expect([exitCodeOf('conformant', remains), exitCodeOf('indeterminate', remains), exitCodeOf('partial', remains), exitCodeOf('violated', remains)]).toEqual([3, 3, 3, 1])
  })

  it('says what it means', () => {
    expect(settle(run([one('FR-001', 'satisfied')])).meaning).toBe('Every one of 1 requirements was observed (1 satisfied).')
    expect(settle(run([one('FR-001', 'satisfied'), one('FR-002', 'not-run')], { filters: { only: ['FR-001'], skip: [] }, footprint: { created: [], removed: [], leftovers: ['Pod a/b'], unverified: [] } })).meaning).toBe(
      'Nothing was found violated, but this run does not cover everything and cannot be called conformant: of 2 requirements 1 not run, 1 satisfied. Only a selection was run (--only or --skip). The run left 1 of its own objects on the platform.',
    )
    expect(settle(sampleFacts()).scope).toBe(scopes.sandbox)
    expect(scopes.sandbox).toContain('can never be counted as evidence about a real account')
  })
})

describe('a pass', () => {
  it.each<[string, CaseResult, string]>([
    ['without evidence', one('FR-001', 'satisfied', { evidence: [] }), 'passed without recording evidence'],
    ['whose evidence has neither data nor a raw file', one('FR-001', 'satisfied', { evidence: [{ kind: 'observation', title: 'nothing', at }] }), 'passed without recording evidence'],
    ['called not applicable without evidence', one('FR-001', 'not-applicable', { evidence: [] }), 'called not applicable without recording evidence'],
    ['with a chart that holds no point', one('FR-001', 'satisfied', { evidence: [{ kind: 'chart', title: 'c', at, data: { kind: 'line', title: 'c', unit: '%', series: [{ name: 'a', points: [] }] } }] }), 'its evidence holds a chart that cannot be drawn'],
    ['with an empty matrix', one('FR-001', 'satisfied', { evidence: [{ kind: 'reachability', title: 'm', at, data: { cells: [], seconds: 1 } }] }), 'its reachability evidence holds no cell'],
    ['with a matrix of another shape', one('FR-001', 'satisfied', { evidence: [{ kind: 'reachability', title: 'm', at, data: { cells: 'all fine' } }] }), 'its reachability evidence does not have the shape of a traffic matrix'],
  ])('%s is indeterminate', (_, given, reason) => {
    expect(settleCase(given)).toMatchObject({ verdict: 'indeterminate', reason })
  })

  it.each([
    [{ observed: 'delivered' }, 'development/client to staging/client over pod-ip TCP/8080 is meant to be closed but was seen delivered'],
    [{ observed: 'no-listener' }, 'development/client to staging/client over pod-ip TCP/8080 is meant to be closed but was seen no-listener'],
    [{ control: 'not-run' }, 'development/client to staging/client over pod-ip TCP/8080 counts as denied though its control was not-run'],
    [{ farSide: true }, 'development/client to staging/client over pod-ip TCP/8080 counts as denied though the far side logged its nonce'],
    [{ intended: 'allow' }, 'development/client to staging/client over pod-ip TCP/8080 is meant to be open but was seen dropped'],
  ] as const)('on a cell with %j is indeterminate', (spoilt, sentence) => {
    const cells = sampleCells(false).filter(({ from, to }) => from.environment === 'development' && to.environment === 'staging')
    const data = { cells: cells.map((cell, index) => (index === 0 ? { ...cell, ...spoilt } : cell)), seconds: 1 }
    expect(settleCase(one('SC-004', 'satisfied', { evidence: [{ kind: 'reachability', title: 'm', at, data }] }))).toMatchObject({
      verdict: 'indeterminate',
      reason: `its evidence does not support its verdict: ${sentence}`,
    })
  })
})

describe('settling', () => {
  it('concludes the sample and counts it in one place', () => {
    const settled = settle(sampleFacts())
    expect([settled.verdict, settled.exitCode]).toEqual(['violated', 1])
    expect(settled.counts.cells).toEqual({ satisfied: 558, violated: 6, indeterminate: 12 })
    expect(countsInWords(settled.counts.requirements)).toBe('4 violated, 2 indeterminate, 1 stale, 25 not run, 1 waived, 1 not applicable, 6 satisfied')
    expect(total(settled.counts.requirements)).toBe(settled.requirements.length)
    expect(settle(sampleFacts('01K9Q4T5V8Z3N6M2R7X1C0B4DA', 'clean')).verdict).toBe('conformant')
  })

  it('of something settled changes nothing', () => {
    const settled = settle(sampleFacts())
    expect(settle(settled)).toEqual(settled)
  })

  it('gives a missing reason a name', () => {
    const { reason, ...silent } = one('FR-001', 'violated')
    expect(reason).toBe('because')
    expect(settle(run([silent])).requirements[0]?.reason).toBe('FR-001 title: the case gave no reason')
  })

  it('refuses a case id that is there twice and a requirement that is not in the catalogue', () => {
    expect(() => settle(run([one('FR-001', 'satisfied'), one('FR-001', 'satisfied')]))).toThrow('Expected every case id once in run 01K9Q4T5V8Z3N6M2R7X1C0B4DA, but FR-001/satisfied is there twice; make the titles in x.test.ts distinct.')
    expect(() => settle(run([one('FR-999', 'satisfied')], { requirements: [] }))).toThrow('Expected case FR-999/satisfied (x.test.ts) to name requirements of the catalogue, but FR-999 is not in it; correct the tag or the catalogue.')
  })
})
