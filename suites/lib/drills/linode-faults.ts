import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { changesOf, foundation, leftBehind } from '../platform/foundation.ts'
import type { Platform } from '../platform/platform.ts'
import type { CommandOutcome } from '../probes/command.ts'
import type { Provided } from '../provided.ts'
import { rehearsed, type Fault, type Rehearsals, type Rehearsed } from '../rehearsals.ts'
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

/** Two pools that no run has made yet. */
export const furtherPools = ['rehearsal-first', 'rehearsal-second'] as const

/** What was seen of runs that ask for the further pools; filled as it comes, so that what an aborted drill had seen counts as well. */
export class PoolRuns {
  readonly messages: string[] = []
  /** What a run that failed has left, as sentences. */
  readonly partial: string[] = []
  /** What the run by the runbook has made. */
  readonly made: string[] = []
}

export interface PoolFaults {
  /** `says` is what its message has to hold; nothing unless said. */
  runs: readonly { title: string, fault: Fault, says?: readonly RegExp[] }[]
  /** Seconds after which a run gives up machines that do not start; the pipeline's own unless said. */
  nodesWithin?: number
  /** Title of the look at what the run by the runbook has made. */
  afterwards: string
}

interface PoolWorld { platform: Platform, linode: Provided['linode'], rehearsals: Rehearsals }

/** Has the pipeline ask for the further pools under one fault after the other, each time with exit code 4 and nothing left, and then without a fault by the drill's runbook. */
export async function poolsUnderFaults(d: Drill, { platform, linode, rehearsals }: PoolWorld, { runs, nodesWithin, afterwards }: PoolFaults, seen: PoolRuns): Promise<void> {
  await promiseUsual(d)
  const before = await foundation(platform, linode)
  const look = () => foundation(platform, linode)
  await rehearsals.withPools((usual) => furtherPools.map((purpose) => ({ ...usual, purpose, count: 1 })), async (platformFile) => {
    const options = { platformFile, signal: d.signal, budget: budgets.drillCommand, ...nodesWithin === undefined ? {} : { nodesWithin } }
    for (const { title, fault, says = [] } of runs) {
      const ran = await underFaults(d, rehearsals, { title, faults: [fault] }, () => rehearsals.provision(options))
      seen.messages.push(ran.message)
      const partial = await d.step(`${title}: what is left of it`, { counts: false }, () => leftBehind(before, look))
      seen.partial.push(...partial.map((change) => `expected ${title} to leave the platform as it was, but ${change}`))
      await d.step(`${title}: how it ended`, { counts: false }, async () => {
        ended(ran, { exit: 4, says })
        await Promise.resolve()
      })
    }
    await d.follow({ PLATFORM_FILE: platformFile }, { counts: false })
    seen.made.push(...await d.step(afterwards, { counts: false }, async () => changesOf(before, await look())))
    d.observe(afterwards, seen.made)
  })
}
