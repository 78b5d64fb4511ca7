import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node'
import { isRequirementId } from '../requirements/catalogue.ts'
import { budgets } from './budgets.ts'
import { caseId, suitesFolder } from './case-id.ts'
import { settledWithin } from './converge.ts'
import { sentenceOf } from './indeterminate.ts'
import { holds, profileIn, type Profile } from './profiles.ts'
import type { Provided } from './provided.ts'
import { select, type PlannedCase } from './selection.ts'
import type { RequirementId } from '../requirements/catalogue.ts'

const root = join(suitesFolder, '..')
const signals = ['SIGINT', 'SIGTERM'] as const

/** A frozen plan, with what vitest needs to execute it. */
export interface Plan {
  cases: PlannedCase[]
  /** Selected, but of a later profile. */
  leftOut: PlannedCase[]
  requirements: RequirementId[]
  modules: readonly TestModule[]
}

/** The runner of cases. It prints nothing and keeps nothing on disk; Cases of the profile gameday have longer. `onCase` hears of each case that ended, `onProblem` of what the runner itself could not do. */
export async function openRunner(listener: { onCase?: (id: string) => void, onProblem?: (problem: string) => void, profile?: Profile } = {}): Promise<Vitest> {
  const exitCode = process.exitCode
  const own = signals.map((signal) => ({ signal, listeners: process.listeners(signal) }))
  try {
    return await createVitest({
      config: join(root, '.config', 'vitest.suites.ts'),
      watch: false,
      testTimeout: budgets[listener.profile === 'gameday' ? 'drillAtMost' : 'caseAtMost'].milliseconds,
      reporters: [{
        onTestCaseResult: (test) => listener.onCase?.(idOf(test)),
        onTestRunEnd: (_modules, errors) => errors.forEach((error) => listener.onProblem?.(sentenceOf(error))),
      }],
    })
  }
  finally {
    process.exitCode = exitCode
    // vitest ends the process at the first of them; but an interrupted run still owes its clean-up and its report, and whoever runs it sees to that.
    for (const { signal, listeners } of own) for (const added of process.listeners(signal).filter((one) => !listeners.includes(one))) process.off(signal, added)
  }
}

/** What a run is asked to do. */
export interface Selection {
  only: readonly string[]
  skip: readonly string[]
  profile: Profile
}

/** Collects every case, checks each, and applies --only, --skip and the profile. Throws UnknownSelection, or an Error that names a file which cannot be read. */
export async function collectPlan(vitest: Vitest, { only, skip, profile }: Selection): Promise<Plan> {
  const { testModules, unhandledErrors } = await vitest.collect()
  const broken = testModules.flatMap((module) => module.errors().map((error) => `${relative(root, module.moduleId)}: ${sentenceOf(error)}`))
  const first = broken[0] ?? unhandledErrors.map(sentenceOf)[0]
  if (first !== undefined) throw new Error(`Expected every case to load, but ${first}`)
  const tests = testModules.map((module) => ({ module, planned: plannedCase(module) }))
  const selected = select(tests.map(({ planned }) => planned), only, skip)
  const sorted = selected.cases.toSorted((a, b) => a.id < b.id ? -1 : 1)
  const cases = sorted.filter((one) => holds(profile, one.profile))
  const chosen = new Set(cases.map(({ id }) => id))
  return {
    cases,
    leftOut: sorted.filter(({ id }) => !chosen.has(id)),
    requirements: selected.requirements,
    modules: tests.filter(({ planned }) => chosen.has(planned.id)).map(({ module }) => module),
  }
}

/** Executes the plan in the one worker. Resolves when it ended, also when it ended badly; the journal tells what happened. */
export async function execute(vitest: Vitest, plan: Plan, provided: Provided, signal: AbortSignal): Promise<void> {
  if (signal.aborted || plan.modules.length === 0) return
  const exitCode = process.exitCode
  vitest.provide('plumbline', provided)
  const running = vitest.runTestSpecifications(plan.modules.map((module) => module.toTestSpecification()))
  const cancelled = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    .then(() => settledWithin(Promise.all([vitest.cancelCurrentRun('keyboard-input'), running]), budgets.cancellation))
  try {
    await Promise.race([running, cancelled])
  }
  finally {
    // The runner marks the process as failed when a case fails; the exit code is the command's to decide.
    process.exitCode = exitCode
  }
}

/** Stops the worker, with whatever still runs in it. */
export async function closeRunner(vitest: Vitest): Promise<void> {
  const exitCode = process.exitCode
  await settledWithin(vitest.close(), budgets.workerStop)
  process.exitCode = exitCode
}

function plannedCase(module: TestModule): PlannedCase {
  const file = relative(root, module.moduleId)
  const [test, ...others] = module.children.allTests()
  if (test === undefined || others.length > 0) throw new Error(`Expected one case in ${file}, got ${others.length + (test === undefined ? 0 : 1)}: one file is one case, and the rows of a table are judged inside it`)
  const requirements = test.tags.filter(isRequirementId)
  if (requirements.length === 0 || requirements.length !== test.tags.length) {
    throw new Error(`Expected the case "${test.name}" in ${file} to be tagged with ids of suites/requirements/catalogue.ts, got ${test.tags.join(', ') || 'none'}`)
  }
  return { id: idOf(test), file, title: test.name, requirements, profile: profileIn(readFileSync(module.moduleId, 'utf8'), file) }
}

function idOf(test: TestCase): string {
  return caseId(test.module.moduleId)
}
