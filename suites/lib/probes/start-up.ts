import { randomBytes } from 'node:crypto'
import type { V1Pod } from '@kubernetes/client-node'
import { z } from 'zod'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { readEngine } from '../platform/engine.ts'
import { reading, refusalOf } from '../platform/kubernetes.ts'
import { startUpReport, tallySchema, unwatched, type NewPod } from '../start-up.ts'
import { agentPod, ask, endAgents, measuring, selectorOf, startAgent, type AgentPod } from './agent-pod.ts'
import { ownNamespace, type OwnPlace } from './own-namespace.ts'
import { podState } from './pod-status.ts'

/** What a new pod does: one datagram every two milliseconds for its first two seconds. */
const everyMs = 2
const lastsMs = 2000
/** Datagrams in a second that each hammer sends: an address of a network of 254 gets one every 0.2 s. */
const pace = 2500
/** New pods that are on their way or sending at a time: more would take the processor from each other. */
const atOnce = 16
/** A pod that a busy machine held back is followed by another one, up to so many times as many in an environment. */
const startedAtMost = 2
/** A port that nothing else of the platform listens on. */
const port = 48_080
const purpose = 'new-pod'

const hammerSchema = z.object({ addresses: z.number(), rounds: z.number(), sent: z.number(), failed: z.number(), longestRound: z.number() })

/** The first moments of many new pods, in environments and outside them. */
export interface StartUpWatch {
  engine: string
  pods: readonly NewPod[]
  /** What was sent at every address that a new pod may get, by pods outside all environments. */
  hammers: readonly (z.infer<typeof hammerSchema> & { node: string })[]
  /** By environment: the wave of new pods there. */
  waves: readonly { environment: EnvironmentName, seconds: number }[]
}

interface Watch extends OwnPlace { each: number, key: string, outside: string, tally: AgentPod, nodes: readonly string[] }

/**
 * Starts `each` new pods in one environment after the other, so that none has many that are not ready at a time, and watches the first two seconds of
 * each from both sides. What they send goes to a pod that no policy protects; what they are sent comes from another such pod.
 */
export async function watchStartUps(place: OwnPlace, each: number): Promise<StartUpWatch> {
  const engine = await readEngine(place.platform)
  // Nobody else can guess it, so nobody else's datagrams count.
  const key = `new-${randomBytes(10).toString('hex')}`
  const outside = await ownNamespace(place, 'start-up')
  const nodes = await podNodes(place)
  const tally = await startAgent(place, { namespace: outside, purpose: 'tally', args: ['tally', '-accept', key, '-port', String(port)], container: measuring })
  const hammers = await startHammers(place, { key, outside, nodes })
  try {
    return { engine, ...await watchWaves({ ...place, each, key, outside, tally, nodes: nodes.flatMap(({ name, open }) => open ? [name] : []) }, hammers) }
  }
  finally {
    await endAgents(place, [tally, ...hammers])
  }
}

async function watchWaves(watch: Watch, hammers: readonly AgentPod[]): Promise<Omit<StartUpWatch, 'engine'>> {
  const { key, tally } = watch
  const pods: Seen[] = []
  const waves: { environment: EnvironmentName, seconds: number }[] = []
  for (const environment of environmentNames) {
    const started = performance.now()
    pods.push(...await wave(watch, environment))
    waves.push({ environment, seconds: (performance.now() - started) / 1000 })
  }
  const counted = await ask(watch, tally, tallySchema)
  const hammered = await Promise.all(hammers.map(async (hammer) => ({ node: hammer.node, ...await ask(watch, hammer, hammerSchema) })))
  return { waves, hammers: hammered, pods: pods.map((pod) => ({ ...pod, delivered: counted[senderOf(key, pod.id)] })) }
}

interface Node { name: string, network: string, open: boolean }

/** Two of them on two nodes, each for the pods of the other nodes: to a flow that its own node has known without a target the node stays deaf when the target comes. */
async function startHammers(place: OwnPlace, { key, outside, nodes }: { key: string, outside: string, nodes: readonly Node[] }): Promise<AgentPod[]> {
  const from = nodes.filter(({ open }) => open).slice(0, 2)
  return await Promise.all(from.map(({ name }, index) => {
    const networks = nodes.filter((one) => one.name !== name || from.length === 1).map(({ network }) => network)
    const args = ['hammer', '-id', `${key}-hammer-${index + 1}`, '-networks', networks.join(','), '-port', String(port), '-pace', String(pace)]
    return startAgent(place, { namespace: outside, purpose: `hammer-${index + 1}`, args, container: measuring, pod: onNode(name) })
  }))
}

function onNode(name: string): { nodeSelector: Record<string, string> } {
  return { nodeSelector: { 'kubernetes.io/hostname': name } }
}

function senderOf(key: string, id: string): string {
  return `${key}-${id.replace('/', '-')}`
}

/** The nodes, from which network each gives its pods their addresses, and whether it takes new ones. Rejects with IndeterminateError where they do not say. */
async function podNodes({ platform: { cluster } }: OwnPlace): Promise<Node[]> {
  const { items } = await reading('list the nodes', cluster.core.listNode())
  const silent = items.find(({ spec }) => spec?.podCIDR === undefined)
  if (silent !== undefined || items.length === 0) throw new IndeterminateError(`expected every node to say from which network its pods get their addresses, but ${silent?.metadata?.name ?? 'there is no node'} does not; a new pod cannot be tried from its first instant then`)
  return items.flatMap(({ metadata, spec }) => spec?.podCIDR === undefined || metadata?.name === undefined ? [] : [{ name: metadata.name, network: spec.podCIDR, open: spec.unschedulable !== true }])
}

type Wanted = { id: string, namespace: string, control: boolean, node?: string }
type Seen = Omit<NewPod, 'delivered'>

/**
 * One environment's new pods, with one control on each node outside beside them. Each that was not watched all the time is followed by another;
 * what passed of it counts all the same. Resolves when enough were watched or the time is up, and removes them.
 */
async function wave(watch: Watch, environment: EnvironmentName): Promise<Seen[]> {
  const { platform, outside, nodes, run: { label } } = watch
  const inside = platform.namespaceOf(environment)
  const wanted: Wanted[] = nodes.map((node, index) => ({ id: `outside/${environment}-${index + 1}`, namespace: outside, control: true, node }))
  const refused = new Map<string, string>()
  await Promise.all(wanted.map((one) => startNewPod(watch, one, refused)))
  const look = async (): Promise<Seen[]> => {
    const lists = await Promise.all([inside, outside].map((namespace) => reading(`list the new pods in ${namespace}`, platform.cluster.core.listNamespacedPod({ namespace, labelSelector: selectorOf(label, purpose) }))))
    const found = new Map(lists.flatMap(({ items }) => items.map((pod) => [pod.metadata?.name ?? '', pod] as const)))
    const seen = wanted.map((one) => seenOf(one, found.get(nameOf(watch, one.id)), refused.get(one.id)))
    const more = Array.from({ length: missing(seen, watch.each) }, (_, index): Wanted => ({ id: `${environment}/${wanted.length - nodes.length + index + 1}`, namespace: inside, control: false }))
    wanted.push(...more)
    await Promise.all(more.map((one) => startNewPod(watch, one, refused)))
    return [...seen, ...more.map((one) => seenOf(one, undefined, undefined))]
  }
  const { value } = await converge(look, budgets.startUpWave, { consecutive: 1, every: 300, until: (seen) => seen.every(({ report }) => !underWay(report)) })
  for (const namespace of [inside, outside]) {
    // What was seen is worth more than an early removal: what is left goes with the run, which says so when it does not.
    await platform.cluster.core.deleteCollectionNamespacedPod({ namespace, labelSelector: selectorOf(label, purpose), gracePeriodSeconds: 0 }).catch(() => undefined)
  }
  return value
}

/** How many more new pods to start now. */
function missing(seen: readonly Seen[], each: number): number {
  const judged = seen.filter(({ control }) => !control)
  const onTheWay = judged.filter(({ report }) => underWay(report)).length
  const watched = judged.filter((pod) => !underWay(pod.report) && unwatched(pod) === undefined).length
  return Math.max(0, Math.min(atOnce - onTheWay, each - watched - onTheWay, each * startedAtMost - judged.length))
}

const notEnded = 'it had not ended in time'

function underWay(report: NewPod['report']): boolean {
  return 'why' in report && report.why === notEnded
}

async function startNewPod(watch: Watch, one: Wanted, refused: Map<string, string>): Promise<void> {
  const { namespace, id } = one
  await watch.platform.cluster.core.createNamespacedPod({ namespace, body: newPod(watch, one) }).then(
    () => watch.run.created(`Pod ${namespace}/${nameOf(watch, id)}`),
    (error: unknown) => refused.set(id, `it was not admitted: ${refusalOf(error).message}`),
  )
}

function seenOf({ id, control }: Wanted, pod: V1Pod | undefined, refusal: string | undefined): Seen {
  return { id, control, node: pod?.spec?.nodeName ?? 'none', report: refusal === undefined ? reportIn(pod) : { why: refusal } }
}

function nameOf({ run }: OwnPlace, id: string): string {
  return `probe-${purpose}-${id.replace('/', '-')}-${run.label}`
}

function newPod(watch: Watch, { id, namespace, node }: Wanted): V1Pod {
  const { key, tally } = watch
  const args = ['start-up', '-id', senderOf(key, id), '-accept', key, '-target', `${tally.ip}:${port}`, '-port', String(port), '-every', `${everyMs}ms`, '-for', `${lastsMs}ms`, '-report', '/dev/termination-log']
  const resources = { requests: { cpu: '40m', memory: '16Mi' }, limits: { cpu: '250m', memory: '64Mi' } }
  return agentPod({ namespace, purpose, args, pod: node === undefined ? {} : onNode(node), container: { resources } }, { name: nameOf(watch, id), run: watch.run.label })
}

/** The report comes with the pod's status, so that hundreds are read at once. */
function reportIn(pod: V1Pod | undefined): NewPod['report'] {
  const ended = pod?.status?.containerStatuses?.[0]?.state?.terminated
  if (ended === undefined) return { why: stillUnderWay(pod) }
  if (ended.message === undefined || ended.exitCode !== 0) return { why: `it ended with ${ended.exitCode} and told nothing` }
  return startUpReport.parse(JSON.parse(ended.message))
}

function stillUnderWay(pod: V1Pod | undefined): string {
  const state = podState(pod ?? {})
  return state.state === 'failed' ? state.why : notEnded
}
