import type { Rehearsals } from '../rehearsals.ts'
import { rehearsed, type Fault, type Rehearsed } from '../rehearsals.ts'
import type { CommandOutcome } from '../probes/command.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Drill } from './drill.ts'

/** Lifts every fault of the stand-in for the Linode API; nothing to lift is no error. */
const lift = 'curl --silent --show-error --fail --request DELETE --header "Authorization: Bearer $LINODE_TOKEN" "$LINODE_URL/admin/faults"'

/** Promises that faults are lifted, and that afterwards the pipeline makes the platform what its usual file says. */
export async function promiseUsual(d: Drill): Promise<void> {
  await d.undo('the platform is again what its file says', 'npx plumbline provision')
  await d.undo('the Linode API has no fault', lift)
}

export interface FaultyRun { title: string, faults: readonly Fault[] }

/** A run of the pipeline under faults, as a step, and in the log. Rejects with IndeterminateError when a fault that answers requests met none: then nothing was tried. */
export async function underFaults(d: Drill, rehearsals: Rehearsals, { title, faults }: FaultyRun, work: () => Promise<CommandOutcome>): Promise<Rehearsed> {
  return await d.step(title, { counts: false }, async () => {
    const struck: number[] = []
    const result = await nested(rehearsals, faults, struck, work)
    const ran = rehearsed(title, result)
    d.observe(title, { ...ran, faults, struck })
    const idle = faults.findIndex(({ kind }, index) => kind !== 'no-boot' && struck[index] === 0)
    if (idle >= 0) throw new IndeterminateError(`expected the run to meet ${JSON.stringify(faults[idle])}, but no request did: ${ran.message}`)
    return ran
  })
}

async function nested(rehearsals: Rehearsals, faults: readonly Fault[], struck: number[], work: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
  const [first, ...others] = faults
  if (first === undefined) return await work()
  const index = struck.push(0) - 1
  const met = await rehearsals.whileFaulty(first, () => nested(rehearsals, others, struck, work))
  struck[index] = met.struck
  return met.result
}

/** Throws when what a run ended with, or said, is not what it has to. */
export function ended({ args, exitCode, message }: Rehearsed, { exit, says }: { exit: number, says: readonly RegExp[] }): void {
  const missing = says.filter((pattern) => !pattern.test(message))
  if (exitCode === exit && missing.length === 0) return
  const unsaid = missing.length === 0 ? '' : `, and did not say ${missing.map(String).join(', ')}`
  throw new Error(`expected "${args}" to end with exit code ${String(exit)} and to say what to do, but it ended with ${exitCode === null ? 'a signal' : String(exitCode)}${unsaid}: ${message}`)
}
