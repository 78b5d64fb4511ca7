import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseResult } from '../../reports/model/results.ts'
import { createRedactor } from '../../reports/redaction/redactor.ts'
import { requirementIds } from '../requirements/catalogue.ts'
import { outstandingCases } from './outstanding.ts'
import { outputsForTests } from './platform/outputs.fixture.ts'
import { OutputsError, planSuites, runSuites, UnknownSelection, type SuiteRun } from './run.ts'
import { closeRunner, openRunner } from './runner.ts'

let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'plumbline-run-')) })
afterAll(async () => { await rm(folder, { recursive: true }) })

const run = (more: Partial<SuiteRun>): SuiteRun => ({
  outputs: outputsForTests(), runId: '01JZZZZZZZZZZZZZZZZZZZZZZZ', journal: join(folder, `${Math.random()}.ndjson`), profile: 'smoke', only: [], skip: [],
  signal: new AbortController().signal, linode: { url: 'http://127.0.0.1:9', token: 'linode-token' }, redactor: createRedactor(), ...more,
})

describe('the plan', () => {
  test('holds every case with its requirements', async () => {
    const plan = await planSuites()
    expect(plan.map(({ id }) => id)).toContain('isolation/cross-environment-traffic')
    expect(plan.every(({ id, file, requirements }) => file === `suites/${id}.test.ts` && requirements.length > 0)).toBe(true)
  })

  test('refuses an id that nobody knows', async () => {
    await expect(planSuites(['FR-011'])).rejects.toThrow(UnknownSelection)
  })
})

test('the runner leaves signals to whoever runs it: an interrupted run still has its clean-up and its report to do', async () => {
  const listening = () => [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]
  const before = listening()
  const vitest = await openRunner()
  try {
    expect(listening()).toEqual(before)
  }
  finally {
    await closeRunner(vitest)
  }
})

describe('a run against a platform that does not answer', () => {
  test('is indeterminate case by case, says why, and leaves the exit code alone', async () => {
    const heard: CaseResult[] = []
    const exitCode = process.exitCode
    const { plan, cases, footprint } = await runSuites(run({ onCase: (result) => heard.push(result) }))
    const own = cases.filter(({ id }) => plan.some((planned) => planned.id === id))
    expect(own.map(({ id }) => id)).toEqual(plan.map(({ id }) => id))
    const others = cases.filter(({ id }) => !id.startsWith('outstanding/') && !own.some((one) => one.id === id))
    expect(others.filter(({ verdict, reason }) => verdict !== 'not-run' || reason?.startsWith('the profile smoke leaves it out; ') !== true)).toEqual([])
    expect(new Set(own.map(({ verdict }) => verdict))).toEqual(new Set(['indeterminate']))
    expect(own.find(({ id }) => id === 'isolation/cross-environment-traffic')?.reason).toBe(
      'expected to get a token of system/plumbline-verifier, but there was no answer (fetch failed: connect ECONNREFUSED 127.0.0.1:61999); see "plumbline status" for the state of the cluster',
    )
    expect(own.find(({ id }) => id === 'pipeline/state-versions')?.reason).toContain('expected to read the versioning in bucket plumbline-state, but the store answered')
    expect(heard.map(({ id }) => id).toSorted()).toEqual(plan.map(({ id }) => id).toSorted())
    expect(cases.filter(({ id }) => id.startsWith('outstanding/'))).toEqual(outstandingCases([...requirementIds]))
    expect(footprint).toEqual({ created: [], removed: [], leftovers: [], unverified: [] })
    expect(process.exitCode).toBe(exitCode)
  }, 60_000)

  test('that is cancelled before it began runs no case', async () => {
    const { cases } = await runSuites(run({ signal: AbortSignal.abort(), only: ['NFR-006'] }))
    expect(cases.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
      ['slo/full-provisioning-time', 'not-run', 'the case was planned and never began: the run was cancelled'],
      ['slo/incremental-provisioning-time', 'not-run', 'the case was planned and never began: the run was cancelled'],
      ['slo/provisioning-second-clock', 'not-run', 'the case was planned and never began: the run was cancelled'],
    ])
  }, 60_000)

  test('rejects before anything is done when outputs or ids cannot be used', async () => {
    await expect(runSuites(run({ outputs: {} }))).rejects.toThrow(OutputsError)
    await expect(runSuites(run({ only: ['nonsense'] }))).rejects.toThrow(UnknownSelection)
  })
})
