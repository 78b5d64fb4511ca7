import { expect, test } from 'vitest'
import { IndeterminateError } from '../indeterminate.ts'
import type { CommandOutcome } from '../probes/command.ts'
import type { Fault, Rehearsals } from '../rehearsals.ts'
import type { Drill } from './drill.ts'
import { ended, underFaults } from './linode-faults.ts'

const outcome: CommandOutcome = { exitCode: 4, endedBy: null, stdout: JSON.stringify({ error: { message: 'a limit is reached; ask for more' } }), stderr: '', seconds: 1 }
const ran = { args: 'a run', exitCode: 4, endedBy: null, seconds: 1, message: 'a limit is reached; ask for more' }

test('a run ended as it has to when its exit code and every sentence are there', () => {
  expect(() => ended(ran, { exit: 4, says: [/limit/, /ask for more/] })).not.toThrow()
})

test.for([
  ['another exit code', { exit: 0, says: [] }, 'expected "a run" to end with exit code 0 and to say what to do, but it ended with 4: a limit is reached; ask for more'],
  ['a sentence that is missing', { exit: 4, says: [/limit/, /region/] }, 'expected "a run" to end with exit code 4 and to say what to do, but it ended with 4, and did not say /region/: a limit is reached; ask for more'],
] as const)('%s is a fault of the drill', ([, expected, message]) => {
  expect(() => ended(ran, expected)).toThrow(message)
})

function worldIn(struck: Readonly<Partial<Record<Fault['kind'], number>>>) {
  const order: string[] = []
  const drill = { step: async <T>(_title: string, _terms: object, work: () => Promise<T>) => work(), observe: (title: string, data: unknown) => order.push(`${title} ${JSON.stringify(data)}`) }
  const rehearsals = {
    whileFaulty: async <T>(fault: Fault, work: () => Promise<T>) => {
      order.push(`${fault.kind} begins`)
      const result = await work()
      order.push(`${fault.kind} ends`)
      return { result, struck: struck[fault.kind] ?? 0 }
    },
  }
  return { order, drill: drill as Partial<Drill> as Drill, rehearsals: rehearsals as Partial<Rehearsals> as Rehearsals }
}

test('every fault is there while the work is done, and how often each struck is in the log', async () => {
  const { order, drill, rehearsals } = worldIn({ quota: 2, capacity: 1 })
  const result = await underFaults(drill, rehearsals, { title: 'a run', faults: [{ kind: 'quota' }, { kind: 'capacity' }] }, async () => Promise.resolve(outcome))
  expect(result).toEqual(ran)
  expect(order.slice(0, 4)).toEqual(['quota begins', 'capacity begins', 'capacity ends', 'quota ends'])
  expect(order[4]).toContain('"struck":[2,1]')
})

test('a fault that no request met proves nothing, but for one that holds machines, which counts no requests', async () => {
  const { drill, rehearsals } = worldIn({})
  await expect(underFaults(drill, rehearsals, { title: 'a run', faults: [{ kind: 'quota' }] }, async () => Promise.resolve(outcome))).rejects.toThrow(IndeterminateError)
  await expect(underFaults(drill, rehearsals, { title: 'a run', faults: [{ kind: 'no-boot' }] }, async () => Promise.resolve(outcome))).resolves.toEqual(ran)
})
