import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading, readingIfPresent } from '../platform/kubernetes.ts'
import { ask, endAgents, labelsOfPurpose, measuring, startAgent, type AgentPod } from './agent-pod.ts'
import { probeContainer } from './manifests.ts'
import { ownNamespace, type OwnPlace } from './own-namespace.ts'

const port = 8080

const stateSchema = z.object({
  now: z.iso.datetime({ offset: true }), attempts: z.number(), delivered: z.number(), open: z.boolean(),
  held: z.object({ established: z.boolean(), answers: z.number(), silent: z.boolean(), error: z.string().optional() }),
})
export type StreamState = z.infer<typeof stateSchema>

const turnSchema = z.object({ state: z.enum(['open', 'closed']), at: z.iso.datetime({ offset: true }) })

/** The way opened or closed: milliseconds since 1970, by the clock of the sender's node. */
export interface Turn { state: 'open' | 'closed', at: number }

/** Two pods of a namespace of the run's own: one that sends to the other every few milliseconds, each time as a new flow, and holds one connection open. */
export interface Pair extends OwnPlace { namespace: string, sender: AgentPod, listener: AgentPod }

const [listening, sending] = ['listener', 'sender'] as const

/**
 * Starts both, waits until the way is open and the connection is in use, and ends them after the work. Rejects with IndeterminateError when it does not
 * come to that: there is nothing to close then.
 */
export async function withPair<T>(place: OwnPlace, purpose: string, work: (pair: Pair) => Promise<T>): Promise<T> {
  const namespace = await ownNamespace(place, purpose)
  const key = `pair-${randomBytes(8).toString('hex')}`
  const listener = await startAgent(place, { namespace, purpose: listening, args: ['tally', '-accept', key, '-port', String(port)], container: measuring })
  const sender = await startAgent(place, { namespace, purpose: sending, args: ['stream', '-id', `${key}-sender`, '-target', `${listener.ip}:${port}`], container: measuring })
  const pair = { ...place, namespace, sender, listener }
  try {
    const { value, converged } = await converge(() => stateOf(pair), budgets.workloadStart, { consecutive: 1, until: ({ open, held }) => open && held.established && held.answers > 0 })
    if (!converged) throw new IndeterminateError(`expected ${sender.name} to reach ${listener.name}, since no policy applies to either, but ${value.delivered} of ${value.attempts} attempts were delivered`)
    return await work(pair)
  }
  finally {
    await endAgents(place, [sender, listener])
  }
}

export async function stateOf(pair: Pair): Promise<StreamState> {
  return await ask(pair, pair.sender, stateSchema)
}

/** Every time that the way opened or closed so far. */
export async function turnsOf({ platform: { cluster }, namespace, sender }: Pair): Promise<Turn[]> {
  const log = await reading(`read the log of ${sender.name}`, cluster.core.readNamespacedPodLog({ namespace, name: sender.name, container: probeContainer }))
  return log.split('\n').filter((line) => line.trim() !== '').map((line) => {
    const { state, at } = turnSchema.parse(JSON.parse(line))
    return { state, at: Date.parse(at) }
  })
}

/** What the sender's clock is ahead of this one, and by how much that may be wrong; milliseconds. */
export interface ClockOffset { ahead: number, uncertain: number }

/** The answer of the shortest of a few questions: half of what it took is how wrong it can be. */
export async function clockOffset(pair: Pair): Promise<ClockOffset> {
  const asked: ClockOffset[] = []
  for (let question = 0; question < 5; question += 1) {
    const before = Date.now()
    const { now } = await stateOf(pair)
    const after = Date.now()
    asked.push({ ahead: Date.parse(now) - (before + after) / 2, uncertain: (after - before) / 2 })
  }
  const [best] = asked.toSorted((one, other) => one.uncertain - other.uncertain)
  if (best === undefined) throw new TypeError('expected to have asked for the time')
  return best
}

/** Which end's own policy closes the way. */
export const closedEnds = ['ingress', 'egress'] as const
export type ClosedEnd = (typeof closedEnds)[number]

const policyName = (end: ClosedEnd): string => `deny-${end}`

/** When a change was asked for and when the API server had acknowledged it; milliseconds since 1970. */
export interface Acknowledged { asked: number, acknowledged: number }

/** Denies everything at one end. */
export async function deny({ platform: { cluster }, namespace, run: { label } }: Pair, end: ClosedEnd): Promise<Acknowledged> {
  const podSelector = { matchLabels: labelsOfPurpose(label, end === 'ingress' ? listening : sending) }
  const metadata = { name: policyName(end), labels: labelsOfPurpose(label, end) }
  const asked = Date.now()
  await reading(`deny ${end} in ${namespace}`, cluster.networking.createNamespacedNetworkPolicy({
    namespace, body: { metadata, spec: { podSelector, policyTypes: [end === 'ingress' ? 'Ingress' : 'Egress'] } },
  }))
  return { asked, acknowledged: Date.now() }
}

/** Takes the denial away. */
export async function allowAgain({ platform: { cluster }, namespace }: Pair, end: ClosedEnd): Promise<Acknowledged> {
  const asked = Date.now()
  await readingIfPresent(`take the denial of ${end} away in ${namespace}`, cluster.networking.deleteNamespacedNetworkPolicy({ namespace, name: policyName(end) }))
  return { asked, acknowledged: Date.now() }
}

/** Waits for the way to turn after a moment of the sender's clock, and to stay so; undefined when it does not in the time allowed. */
export async function turnAfter(pair: Pair, state: Turn['state'], moment: number): Promise<Turn | undefined> {
  const wanted = (turns: readonly Turn[]): Turn | undefined => turns.slice(-1).find((one) => one.state === state && one.at >= moment)
  const { value } = await converge(() => turnsOf(pair), budgets.policyLands, { consecutive: 1, every: 100, until: (turns) => wanted(turns) !== undefined })
  return wanted(value)
}
