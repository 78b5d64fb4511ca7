import { answersThatStay } from '../../intent/segmentation.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { readEngine } from '../platform/engine.ts'
import { readingIfPresent } from '../platform/kubernetes.ts'
import type { OwnPlace } from './own-namespace.ts'
import { deny, stateOf, turnAfter, withPair, type ClosedEnd, type Pair, type StreamState } from './stream.ts'

/** A connection that was open when a denial landed, and when one of its ends was taken away. */
export interface OpenConnection {
  engine: string
  end: ClosedEnd
  /** When no new attempt came through any more; some seconds later; and after the pod at its far end was ended. */
  denied: StreamState
  later: StreamState
  ended: StreamState
}

/** Opens one connection, denies at one end, and uses the connection on. Rejects with IndeterminateError when the denial does not land: nothing was denied then. */
export async function watchOpenConnection(place: OwnPlace, end: ClosedEnd): Promise<OpenConnection> {
  const engine = await readEngine(place.platform)
  return { engine, end, ...await withPair(place, `connection-${end}`, (pair) => watch(pair, end)) }
}

async function watch(pair: Pair, end: ClosedEnd): Promise<Omit<OpenConnection, 'engine' | 'end'>> {
  const { now } = await stateOf(pair)
  await deny(pair, end)
  if (await turnAfter(pair, 'closed', Date.parse(now)) === undefined) throw new IndeterminateError(`expected a denial of ${end} to stop new attempts, but they were still delivered ${budgets.policyLands.milliseconds / 1000} s later; see the case isolation/policy-propagation`)
  const denied = await stateOf(pair)
  if (denied.open) throw new IndeterminateError(`expected new attempts to stay stopped after a denial of ${end}, but the way opened again by itself; the machine is too busy for this measurement`)
  const { value: later } = await converge(() => stateOf(pair), budgets.connectionUsed, { consecutive: 1, until: ({ held }) => held.silent || held.answers >= denied.held.answers + answersThatStay })
  await readingIfPresent(`end ${pair.listener.name}`, pair.platform.cluster.core.deleteNamespacedPod({ namespace: pair.namespace, name: pair.listener.name, gracePeriodSeconds: 0 }))
  const { value: ended } = await converge(() => stateOf(pair), budgets.connectionUsed, { consecutive: 1, until: ({ held }) => held.silent })
  return { denied, later, ended }
}
