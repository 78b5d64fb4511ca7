import { expect, test } from 'vitest'
import { caseId } from './case-id.ts'
import { usualProfile } from './profiles.ts'
import { closeRunner, collectPlan, openRunner } from './runner.ts'

test('the plan, which is read and not run, is what the cases say of themselves when they are loaded', async () => {
  const vitest = await openRunner()
  try {
    const { cases } = await collectPlan(vitest, { only: [], skip: [], profile: 'gameday' })
    const { testModules } = await vitest.collect([], { staticParse: false })
    expect(testModules.flatMap((module) => module.errors().map(({ message }) => `${module.moduleId}: ${message}`))).toEqual([])
    const loaded = testModules.flatMap((module) => [...module.children.allTests()].map((one) => ({ id: caseId(module.moduleId), profile: one.meta().profile ?? usualProfile, tags: one.tags })))
    expect(cases.map(({ id, profile, requirements }) => ({ id, profile, tags: requirements }))).toEqual(loaded.toSorted((a, b) => a.id < b.id ? -1 : 1))
  }
  finally {
    await closeRunner(vitest)
  }
}, 120_000)

test('a profile leaves out what a later one runs', async () => {
  const vitest = await openRunner()
  try {
    const smoke = await collectPlan(vitest, { only: [], skip: [], profile: 'smoke' })
    const gameday = await collectPlan(vitest, { only: [], skip: [], profile: 'gameday' })
    expect(smoke.cases.every(({ profile }) => profile === 'smoke')).toBe(true)
    expect(gameday.leftOut).toEqual([])
    expect([...smoke.cases, ...smoke.leftOut].map(({ id }) => id).toSorted()).toEqual(gameday.cases.map(({ id }) => id))
  }
  finally {
    await closeRunner(vitest)
  }
}, 60_000)
