import { Stage, Status, type Attachment, type Label, type TestResult } from 'allure-js-commons'
import type { Category } from 'allure-js-commons/sdk'
import type { CaseResult, Evidence, Results } from '../../model/results.ts'
import { worstFirst } from '../../model/verdict.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { sha256 } from '../../sealing/digest.ts'
import { familyOf, outcomeOfRun, outcomes, runTest, type Outcome } from '../outcome.ts'

/** What Allure reads: one file per test, the attachments beside them by name, and two lists about all of them. */
export interface AllureResults {
  readonly tests: readonly TestResult[]
  /** Small evidence is here, by the name of its file; of large evidence there is the path in the run folder. */
  readonly attachments: ReadonlyMap<string, { readonly content: string } | { readonly raw: string }>
  readonly environment: Readonly<Record<string, string>>
  readonly categories: readonly Category[]
}

const statuses: Readonly<Record<Outcome, Status>> = { passed: Status.PASSED, failed: Status.FAILED, undecided: Status.BROKEN, unobserved: Status.SKIPPED, excused: Status.SKIPPED }

/** The cases of a run for Allure, and before them the run itself as a test: `broken` is what could not be decided, `skipped` what was not observed. Only what is satisfied has passed. */
export function allureOf(results: Results): AllureResults {
  const attached = results.cases.map((one) => ({ one, evidence: one.evidence.map(attachmentOf) }))
  const { runId, target, profile, verdict, exitCode, scope } = results
  return {
    tests: [testOfRun(results), ...attached.map(({ one, evidence }) => testOf(results, one, evidence.map(({ attachment }) => attachment)))],
    attachments: new Map(attached.flatMap(({ evidence }) => evidence).map(({ attachment, from }) => [attachment.source, from])),
    environment: { run: runId, target, profile, verdict, exitCode: String(exitCode), scope },
    categories: worstFirst.filter((verdict) => verdict !== 'satisfied').map((name) => ({ name, messageRegex: `${name}: [\\s\\S]*` })),
  }
}

function testOfRun(results: Results): TestResult {
  const { runId, verdict, exitCode, meaning, startedAt, finishedAt } = results
  return {
    ...testAbout(runId, runTest.id, runTest.title),
    status: statuses[outcomeOfRun(exitCode)],
    statusDetails: { message: `${verdict}: ${meaning}` },
    labels: [label('parentSuite', runTest.suite), label('verdict', verdict)],
    parameters: [{ name: 'run', value: runId, excluded: true }, { name: 'exit code', value: String(exitCode), excluded: true }],
    start: Date.parse(startedAt),
    stop: Date.parse(finishedAt),
  }
}

function testOf({ runId }: Results, { id, title, file, requirements, verdict, reason, startedAt, durationMs }: CaseResult, attachments: Attachment[]): TestResult {
  const start = startedAt === undefined ? undefined : Date.parse(startedAt)
  return {
    ...testAbout(runId, id, title === '' ? id : title),
    status: statuses[outcomes[verdict]],
    statusDetails: verdict === 'satisfied' ? {} : { message: `${verdict}: ${reason ?? 'without a reason'}` },
    labels: [label('parentSuite', familyOf(id)), label('suite', file), label('verdict', verdict), ...requirements.flatMap((one) => [label('tag', one), label('requirement', one)])],
    attachments,
    ...(start === undefined ? {} : { start, stop: start + Math.round(durationMs ?? 0) }),
  }
}

/** `historyId` is the case's own id, so that Allure knows it again in the next run. */
function testAbout(runId: string, id: string, name: string): TestResult {
  return {
    uuid: sha256(`${runId} ${id}`).slice(0, 32), historyId: sha256(id).slice(0, 32), testCaseId: id, fullName: id, name,
    stage: Stage.FINISHED, statusDetails: {}, steps: [], attachments: [], parameters: [], labels: [], links: [],
  }
}

function label(name: string, value: string): Label {
  return { name, value }
}

function attachmentOf({ kind, title, at, data, raw }: Evidence): { attachment: Attachment, from: { content: string } | { raw: string } } {
  const content = raw === undefined ? canonicalJson({ kind, title, at, data: data ?? null }) : undefined
  const source = `${raw?.sha256 ?? sha256(content ?? '')}-attachment.json`
  return { attachment: { name: `${kind}: ${title}`, type: 'application/json', source }, from: content === undefined ? { raw: raw?.path ?? '' } : { content } }
}
