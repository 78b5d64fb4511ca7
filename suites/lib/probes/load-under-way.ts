import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading } from '../platform/kubernetes.ts'
import { runLoad, type LoadOrder } from './k6.ts'
import type { LoadResult } from './load-result.ts'

/** A load that goes on while something else is done. */
export interface LoadUnderWay {
  /** Throws IndeterminateError when it has ended by now: what was done meanwhile was then not done under it. */
  still: (what: string) => Promise<void>
  /** What it measured, once it has ended. */
  result: Promise<LoadResult>
}

/** Starts a load and resolves as soon as its pod runs. Rejects with IndeterminateError when it does not get that far. */
export async function loadUnderWay(order: LoadOrder): Promise<LoadUnderWay> {
  const { platform: { cluster: { core } }, run, namespace, profile } = order
  const name = `load-${order.name}-${run.label}`
  const result = runLoad(order)
  // Whoever gave up before its end does not wait for it.
  result.catch(() => {})
  const phase = async (): Promise<string> => (await core.listNamespacedPod({ namespace, fieldSelector: `metadata.name=${name}` }).catch(() => ({ items: [] }))).items[0]?.status?.phase ?? 'missing'
  const begun = await Promise.race([
    converge(phase, budgets.workloadStart, { consecutive: 1, every: 500, until: (seen) => seen === 'Running', signal: run.signal }),
    result.then((): never => { throw new IndeterminateError(`expected the load "${profile.name}" to go on for ${String(profile.seconds)} s, but it has ended`) }),
  ])
  if (!begun.converged) throw new IndeterminateError(`expected the load "${profile.name}" to begin within ${String(budgets.workloadStart.milliseconds / 1000)} s, but its pod is ${begun.value}`)
  return {
    result,
    still: async (what) => {
      const seen = (await reading(`look at k6 in ${namespace}`, core.listNamespacedPod({ namespace, fieldSelector: `metadata.name=${name}` }))).items[0]?.status?.phase ?? 'missing'
      if (seen !== 'Running') throw new IndeterminateError(`expected the load "${profile.name}" of ${String(profile.seconds)} s to go on until ${what}, but it had ended (${seen}), so nothing is known about the time after`)
    },
  }
}
