import type { CTRFReport, Test, TestStatus } from 'ctrf'
import type { CaseResult, Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import type { Rendering } from '../rendering.ts'
import { familyOf, outcomeOfRun, outcomes, runTest, type Outcome } from '../outcome.ts'
import { differences, summaryOf } from '../stated.ts'
import { readCtrf } from './read.ts'

/** The cases in the Common Test Report Format, and before them the run itself as a test. The verdict of each is its `rawStatus`. */
export const ctrf: Rendering = {
  name: 'ctrf.json',
  render: (results) => canonicalJson(ctrfOf(results)),
  disagreements: (content, results) => differences('ctrf.json', () => readCtrf(content), results),
}

/** Of the format, not of ours. */
const specVersion = '0.0.0'

const statuses: Readonly<Record<Outcome, TestStatus>> = { passed: 'passed', failed: 'failed', undecided: 'other', unobserved: 'skipped', excused: 'other' }

export function ctrfOf(results: Results): CTRFReport {
  const { runId, target, profile, filters, meaning, scope, changes, startedAt, finishedAt, verifier } = results
  const tests = [testOfRun(results), ...results.cases.map(testOf)]
  const number = (status: TestStatus) => tests.filter((test) => test.status === status).length
  const [start, stop] = [Date.parse(startedAt), Date.parse(finishedAt)]
  const { plumbline: version, commit } = verifier
  return {
    reportFormat: 'CTRF',
    specVersion,
    runId,
    timestamp: finishedAt,
    generatedBy: 'plumbline',
    results: {
      tool: { name: 'plumbline', ...(typeof version === 'string' ? { version } : {}) },
      summary: {
        tests: tests.length, passed: number('passed'), failed: number('failed'), skipped: number('skipped'), pending: number('pending'), other: number('other'),
        suites: new Set(tests.map(({ suite }) => suite?.[0])).size, start, stop, duration: stop - start,
      },
      tests,
      environment: { appName: 'platform', testEnvironment: target, healthy: results.exitCode === 0, ...(typeof commit === 'string' ? { commit } : {}) },
    },
    extra: { plumbline: { ...summaryOf(results), profile, filters, meaning, scope, changes: changes.note } },
  }
}

/** Many readers look at `failed` alone, so a run that is not conformant has failed, whatever its cases. */
function testOfRun({ startedAt, finishedAt, verdict, exitCode, meaning }: Results): Test {
  const [start, stop] = [Date.parse(startedAt), Date.parse(finishedAt)]
  const status = outcomeOfRun(exitCode) === 'passed' ? 'passed' : 'failed'
  return { name: runTest.title, testId: runTest.id, status, rawStatus: verdict, duration: stop - start, start, stop, suite: [runTest.suite], message: meaning, extra: { exitCode } }
}

function testOf({ id, title, file, requirements, verdict, reason, startedAt, durationMs, evidence }: CaseResult): Test {
  const duration = Math.round(durationMs ?? 0)
  const start = startedAt === undefined ? undefined : Date.parse(startedAt)
  return {
    name: title === '' ? id : title,
    testId: id,
    status: statuses[outcomes[verdict]],
    rawStatus: verdict,
    duration,
    ...(start === undefined ? {} : { start, stop: start + duration }),
    suite: [familyOf(id)],
    filePath: file,
    tags: requirements,
    ...(reason === undefined ? {} : { message: reason }),
    extra: { evidence: evidence.length },
  }
}
