import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { count } from '../model/counts.ts'
import type { Results } from '../model/results.ts'
import { exitCodes, verdicts, type Verdict } from '../model/verdict.ts'
import { statementOf } from '../sealing/attestation.ts'
import { canonicalJson } from '../sealing/canonical.ts'
import { consoleSummary } from './console/summary.ts'
import { renderings } from './files.ts'
import { embeddedIn } from './html/embedded.ts'
import { sampleRuns } from './sample-runs.ts'

const runs = Object.entries(sampleRuns())
const rendered = new Map(runs.map(([, run]) => [run, new Map(renderings.map((one) => [one.name, one.render(run)]))]))

function contentOf(run: Results, name: string): string {
  return rendered.get(run)?.get(name) ?? ''
}

const tally = (of: readonly Verdict[]) => Object.fromEntries(verdicts.map((verdict) => [verdict, of.filter((one) => one === verdict).length]))

/** How many passed, by what somebody sees who knows the format and nothing of us; the run itself is one test more where it is one. */
const passes: Readonly<Record<string, (content: string) => { cases?: number, requirements?: number, run?: boolean }>> = {
  'junit.xml': (content) => {
    using document = XmlDocument.fromString(content)
    const tests = document.find('//testcase').map((one) => ({ passed: one.get('failure | error | skipped') === null, own: one.get('@classname')?.content === 'plumbline.run' }))
    return { cases: tests.filter(({ passed, own }) => passed && !own).length, run: document.eval('number(/testsuites/@failures) + number(/testsuites/@errors) = 0') === true }
  },
  'ctrf.json': (content) => {
    const { results: { tests, summary } } = z.object({ results: z.object({ tests: z.array(z.object({ testId: z.string(), status: z.string() })), summary: z.object({ failed: z.number() }) }) }).parse(JSON.parse(content))
    return { cases: tests.filter(({ testId, status }) => status === 'passed' && testId !== 'plumbline/run').length, run: summary.failed === 0 }
  },
  'conformance.yaml': (content) => {
    const level = z.object({ result: z.string(), statistics: z.object({ Passed: z.number() }) })
    const { profiles } = z.object({ profiles: z.array(z.object({ core: level.optional(), extended: level.optional() })) }).parse(parse(content))
    return { requirements: profiles.flatMap(({ core, extended }) => [core, extended]).reduce((sum, one) => sum + (one?.statistics.Passed ?? 0), 0) }
  },
  'summary.md': (content) => {
    const last = (label: string) => Number(new RegExp(`^\\| ${label} \\|.* (\\d+) \\| \\d+ \\|$`, 'm').exec(content)?.[1])
    return { cases: last('cases'), requirements: last('requirements') }
  },
  'assessment-results.oscal.json': (content) => {
    const finding = z.object({ target: z.object({ status: z.object({ state: z.string() }) }) })
    const { 'assessment-results': { results } } = z.object({ 'assessment-results': z.object({ results: z.array(z.object({ findings: z.array(finding).optional() })) }) }).parse(JSON.parse(content))
    return { requirements: results.flatMap(({ findings = [] }) => findings).filter(({ target }) => target.status.state === 'satisfied').length }
  },
  'report.html': (content) => {
    const { counts } = z.object({ counts: z.object({ cases: z.object({ satisfied: z.number() }), requirements: z.object({ satisfied: z.number() }) }) }).parse(JSON.parse(embeddedIn(content) ?? ''))
    return { cases: counts.cases.satisfied, requirements: counts.requirements.satisfied }
  },
}

/** Not in every run: nothing was judged by policies, nothing is open. */
const optional = new Set(['policies.sarif', 'poam.oscal.json'])

describe('all renderings of a run', () => {
  it('come from samples that end in every way in which a run can', () => {
    expect(new Set(runs.map(([, { exitCode }]) => exitCode))).toEqual(new Set([exitCodes.conformant, exitCodes.violated, exitCodes.indeterminate, exitCodes.partial, exitCodes.integrity]))
    expect(new Set(runs.map(([, { verdict }]) => verdict))).toEqual(new Set(['conformant', 'violated', 'indeterminate', 'partial']))
  })

  it.each(runs)('agree about the counts of a run that is %s, with results.json, the console, the signed statement and the exit code', (_, run) => {
    expect(count({ requirements: run.requirements, cases: run.cases, cells: [] })).toMatchObject({ requirements: run.counts.requirements, cases: run.counts.cases })
    expect(tally(run.cases.map(({ verdict }) => verdict))).toEqual(run.counts.cases)
    for (const rendering of renderings) {
      const content = rendering.render(run)
      if (content !== undefined) expect([rendering.name, ...rendering.disagreements(content, run)]).toEqual([rendering.name])
    }
    for (const [name, passed] of Object.entries(passes)) {
      const found = passed(contentOf(run, name))
      const expected = { cases: run.counts.cases.satisfied, requirements: run.counts.requirements.satisfied, run: run.exitCode === exitCodes.conformant }
      expect([name, { ...expected, ...found }]).toEqual([name, expected])
    }
    const { predicate } = statementOf(run, { manifest: '', results: '' })
    expect([predicate.failedTests.length, predicate.passedTests.length]).toEqual([run.counts.cases.violated, run.counts.cases.satisfied + run.counts.cases['not-applicable']])
    expect(consoleSummary(run, 'r')[0]).toContain(`${run.verdict.toUpperCase()} on sandbox (profile nightly, exit code ${run.exitCode})`)
  })

  it('of another run are seen not to be this one\'s', () => {
    for (const [, run] of runs) {
      for (const [, other] of runs.filter(([, one]) => one !== run)) {
        for (const rendering of renderings.filter(({ name }) => !optional.has(name))) {
          expect(rendering.disagreements(contentOf(other, rendering.name), run), rendering.name).not.toEqual([])
        }
      }
    }
  })

  it('have the same bytes for the same results, in whatever order their members were read', () => {
    for (const [, run] of runs) {
      const again = JSON.parse(canonicalJson(run)) as Results
      for (const rendering of renderings.filter(({ name }) => name !== 'report.html')) expect(rendering.render(again), rendering.name).toBe(rendered.get(run)?.get(rendering.name))
    }
  })

  it('have names of their own, and are all there, but what has nothing to say', () => {
    expect(new Set(renderings.map(({ name }) => name)).size).toBe(renderings.length)
    const missing = (run: Results) => renderings.map(({ name }) => name).filter((name) => rendered.get(run)?.get(name) === undefined)
    for (const [, run] of runs) expect(missing(run).filter((name) => !optional.has(name))).toEqual([])
  })

  it.each(renderings.map((one) => [one.name, one] as const))('%s says in a sentence that something else is in its place', (name, rendering) => {
    const run = sampleRuns()['violated']
    if (run === undefined) throw new Error('the sample is gone')
    const whole = contentOf(run, name)
    for (const content of ['', '{}', 'null', '<a>', 'x: [', '# nothing', whole.slice(0, whole.length / 2)]) {
      const found = rendering.disagreements(content, run)
      expect(found, content.slice(0, 20)).not.toEqual([])
      for (const sentence of found) expect(sentence).toMatch(new RegExp(`^${name} .*\\.$`, 's'))
    }
  })
})
