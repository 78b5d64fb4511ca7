import { policyChanges } from '../../intent/segmentation.ts'
import { readEngine } from '../platform/engine.ts'
import type { Change } from '../propagation.ts'
import type { OwnPlace } from './own-namespace.ts'
import { allowAgain, clockOffset, closedEnds, deny, stateOf, turnAfter, turnsOf, withPair, type Acknowledged, type ClockOffset, type ClosedEnd, type Pair, type StreamState, type Turn } from './stream.ts'

/** Many changes of a policy, each measured, in a namespace of the run's own. */
export interface Propagation {
  engine: string
  changes: readonly Change[]
  clock: ClockOffset
  /** The pair at the end, and on which nodes it was. */
  attempts: StreamState
  nodes: { sender: string, listener: string }
  /** How often the way closed or opened though no policy was changed: the machine was too busy to answer for a moment. */
  unasked: number
}

/** A last delivery may have been sent so much before the change was asked for; milliseconds. */
const pace = 10

/** Denies and allows in turn, at the one end and at the other, and measures when traffic follows. Ends at the first change that never lands: after it nothing could be told apart. */
export async function measurePropagation(place: OwnPlace): Promise<Propagation> {
  const engine = await readEngine(place.platform)
  return { engine, ...await withPair(place, 'propagation', measure) }
}

async function measure(pair: Pair): Promise<Omit<Propagation, 'engine'>> {
  const clock = await clockOffset(pair)
  const changes: Change[] = []
  for (let round = 0; round < policyChanges; round += 1) {
    const end: ClosedEnd = closedEnds[round % closedEnds.length] ?? 'ingress'
    const denied = await followed(pair, 'closed', { ...await deny(pair, end), clock })
    changes.push({ what: 'deny', end, milliseconds: denied })
    if (denied === undefined) break
    const allowed = await followed(pair, 'open', { ...await allowAgain(pair, end), clock })
    changes.push({ what: 'allow', end, milliseconds: allowed })
    if (allowed === undefined) break
  }
  return { changes, clock, attempts: await stateOf(pair), nodes: { sender: pair.sender.node, listener: pair.listener.node }, unasked: (await turnsOf(pair)).length - 1 - changes.filter(({ milliseconds }) => milliseconds !== undefined).length }
}

/** Milliseconds from the acknowledgement until the way turned: until the last attempt that was delivered, or the first. Not below zero: what was in force when it was acknowledged took no time. */
async function followed(pair: Pair, state: Turn['state'], { asked, acknowledged, clock }: Acknowledged & { clock: ClockOffset }): Promise<number | undefined> {
  const turn = await turnAfter(pair, state, asked + clock.ahead - clock.uncertain - pace)
  return turn === undefined ? undefined : Math.max(0, turn.at - clock.ahead - acknowledged)
}
