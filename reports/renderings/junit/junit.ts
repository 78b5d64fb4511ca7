import type { CaseResult, Results } from '../../model/results.ts'
import type { Rendering } from '../rendering.ts'
import { familyOf, outcomeOfRun, outcomes, runTest, type Outcome } from '../outcome.ts'
import { differences, flatCounts } from '../stated.ts'
import { oneLine, shortened } from '../text.ts'
import { readJunit } from './read.ts'
import { xmlOf, type Element } from './xml.ts'

/**
 * The cases as JUnit XML: a suite for each family, and before them one for the run itself. A case that was not satisfied is a `failure`, an `error` or `skipped`.
 * The schema has no place for properties of a case, so they stand in its `system-out`, one `[[PROPERTY|name=value]]` a line.
 */
export const junit: Rendering = {
  name: 'junit.xml',
  render: (results) => xmlOf(documentOf(results)),
  disagreements: (content, results) => differences('junit.xml', () => readJunit(content), results),
}

interface Suite {
  readonly name: string
  readonly properties: readonly (readonly [string, string])[]
  readonly tests: readonly Test[]
}

interface Test {
  readonly id: string
  readonly title: string
  readonly seconds: number
  readonly startedAt: string | undefined
  readonly outcome: Outcome
  /** A word: the verdict, or for the run why its exit code is not 0. */
  readonly type: string
  readonly reason: string
  readonly properties: readonly (readonly [string, string])[]
}

function documentOf(results: Results): Element {
  const suites = [suiteOfRun(results), ...suitesOf(results.cases)]
  const { tests, failures, errors } = tallied(suites.flatMap((suite) => suite.tests))
  const time = String((Date.parse(results.finishedAt) - Date.parse(results.startedAt)) / 1000)
  return { name: 'testsuites', attributes: { name: `plumbline ${results.runId}`, tests, failures, errors, time }, inside: suites.map(suiteElement) }
}

function suiteOfRun(results: Results): Suite {
  const { runId, target, profile, verdict, exitCode, meaning, scope, startedAt, finishedAt } = results
  return {
    name: runTest.suite,
    properties: Object.entries({ runId, target, profile, verdict, exitCode: String(exitCode), meaning, scope, ...Object.fromEntries(flatCounts(results.counts)) }),
    tests: [{
      id: runTest.id,
      title: runTest.title,
      seconds: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
      startedAt,
      outcome: outcomeOfRun(exitCode),
      type: `${verdict}, exit code ${exitCode}`,
      reason: meaning,
      properties: [],
    }],
  }
}

function suitesOf(cases: readonly CaseResult[]): readonly Suite[] {
  return [...Map.groupBy(cases, ({ id }) => familyOf(id))].map(([name, those]) => ({
    name,
    properties: [['requirements', [...new Set(those.flatMap(({ requirements }) => requirements))].toSorted().join(', ')]],
    tests: those.map((one) => ({
      id: one.id,
      title: one.title,
      seconds: (one.durationMs ?? 0) / 1000,
      startedAt: one.startedAt,
      outcome: outcomes[one.verdict],
      type: one.verdict,
      reason: one.reason ?? one.verdict,
      properties: [
        ['id', one.id], ['file', one.file], ['verdict', one.verdict],
        ...one.requirements.map((requirement) => ['requirement', requirement] as const),
        ['evidence', String(one.evidence.length)],
      ],
    })),
  }))
}

function tallied(tests: readonly Test[]) {
  const number = (...wanted: readonly Outcome[]) => String(tests.filter(({ outcome }) => wanted.includes(outcome)).length)
  return { tests: String(tests.length), failures: number('failed'), errors: number('undecided'), skipped: number('unobserved', 'excused') }
}

function suiteElement({ name, properties, tests }: Suite): Element {
  const first = tests.flatMap(({ startedAt }) => startedAt ?? []).toSorted()[0]
  const time = tests.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3)
  return {
    name: 'testsuite',
    // The common schemas want the time without a zone; it is UTC.
    attributes: { name, ...tallied(tests), time, ...(first === undefined ? {} : { timestamp: first.slice(0, 19) }) },
    inside: [
      { name: 'properties', inside: properties.map(([property, value]) => ({ name: 'property', attributes: { name: property, value } })) },
      ...tests.map(testElement),
    ],
  }
}

function testElement({ id, title, seconds, outcome, type, reason, properties }: Test): Element {
  return {
    name: 'testcase',
    attributes: { name: oneLine(title), classname: id.replaceAll('/', '.'), time: seconds.toFixed(3) },
    inside: [
      ...outcomeElement(outcome, type, reason),
      ...(properties.length === 0 ? [] : [{ name: 'system-out', inside: [properties.map(([name, value]) => `[[PROPERTY|${name}=${oneLine(value)}]]\n`).join('')] }]),
    ],
  }
}

/** Characters of a reason in an attribute, which readers show as a headline; the whole reason is inside the element. */
const headline = 300

function outcomeElement(outcome: Outcome, type: string, reason: string): readonly Element[] {
  const told = { attributes: { type, message: shortened(oneLine(reason), headline) }, inside: [reason] }
  if (outcome === 'passed') return []
  if (outcome === 'failed') return [{ name: 'failure', ...told }]
  // Older schemas know no attribute of `skipped`.
  return outcome === 'undecided' ? [{ name: 'error', ...told }] : [{ name: 'skipped', inside: [`${type}: ${reason}`] }]
}
