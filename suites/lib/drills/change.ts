import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { applied, readProvisioning } from '../platform/provisioning.ts'
import { rehearsed, type Rehearsals } from '../rehearsals.ts'

/**
 * Makes the platform what another platform file says, and resolves with the id of the change. Rejects with IndeterminateError when it does not end well, or changed
 * nothing: then there is nothing to take back.
 */
export async function changedBy({ platform, rehearsals, signal }: { platform: Platform, rehearsals: Rehearsals, signal: AbortSignal }, platformFile: string): Promise<string> {
  const known = new Set((await readProvisioning(platform)).events.map(({ id }) => id))
  const run = await rehearsals.provision({ platformFile, signal, budget: budgets.drillCommand })
  if (run.exitCode !== 0) throw new IndeterminateError(`expected a change that could be taken back, but the run ended with ${run.exitCode === null ? 'a signal' : String(run.exitCode)}: ${rehearsed('', run).message}`)
  const event = (await readProvisioning(platform)).events.find((one) => !known.has(one.id) && one.outcome === 'success' && applied(one))
  if (event === undefined) throw new IndeterminateError('expected a change that could be taken back, but its run left no event that says so')
  return event.id
}
