import { z } from 'zod'
import { countsSchema } from '../../model/counts.ts'
import { runTest } from '../outcome.ts'
import { counted, type Stated } from '../stated.ts'

const statuses = ['passed', 'failed', 'skipped', 'pending', 'other'] as const

/** The parts of the format that we read back; a file may hold more. */
const schema = z.object({
  results: z.object({
    summary: z.object({ tests: z.number(), passed: z.number(), failed: z.number(), skipped: z.number(), pending: z.number(), other: z.number() }),
    tests: z.array(z.object({ testId: z.string(), status: z.enum(statuses), rawStatus: z.string() })),
  }),
  extra: z.object({ plumbline: z.object({ runId: z.string(), target: z.string(), verdict: z.string(), exitCode: z.number(), counts: countsSchema }) }),
})

/** What a ctrf.json states, its cases counted one by one. Throws when it is no JSON or does not hold what we write. */
export function readCtrf(content: string): Stated {
  const { results: { tests, summary }, extra: { plumbline } } = schema.parse(JSON.parse(content))
  const { runId, target, verdict, exitCode, counts } = plumbline
  const cases = tests.filter(({ testId }) => testId !== runTest.id)
  const run = tests.find(({ testId }) => testId === runTest.id)
  const found = { tests: tests.length, ...Object.fromEntries(statuses.map((status) => [status, tests.filter((test) => test.status === status).length])) }
  return {
    runId, target, verdict, exitCode,
    counts: { requirements: counts.requirements, cells: counts.cells, cases: counted(cases.map(({ rawStatus }) => rawStatus)) },
    evidence: counts.evidence,
    faults: [
      ...cases.filter(({ status, rawStatus }) => (status === 'passed') !== (rawStatus === 'satisfied')).map(({ testId, status, rawStatus }) => `shows ${testId} as ${status}, but says that it is ${rawStatus}`),
      ...(run?.status === (exitCode === 0 ? 'passed' : 'failed') ? [] : [`shows the run as ${run?.status ?? 'absent'} with exit code ${exitCode}`]),
      ...Object.entries(found).filter(([name, number]) => summary[name as keyof typeof found] !== number).map(([name, number]) => `has ${number} ${name}, but says ${String(summary[name as keyof typeof found])}`),
    ],
  }
}
