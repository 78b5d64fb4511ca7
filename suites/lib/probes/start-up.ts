import { randomBytes } from 'node:crypto'
import type { V1Pod } from '@kubernetes/client-node'
import { z } from 'zod'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { newPodsPerEnvironment } from '../../intent/segmentation.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { readEngine } from '../platform/engine.ts'
import { reading, readingIfPresent, refusalOf } from '../platform/kubernetes.ts'
import { startUpReport, tallySchema, type NewPod } from '../start-up.ts'
import { agentPod, ask, measuring, selectorOf, startAgent, type AgentPod } from './agent-pod.ts'
import { restrictedContainer } from './manifests.ts'
import { ownNamespace, type OwnPlace } from './own-namespace.ts'
import { podState } from './pod-status.ts'

/** What a new pod does: one datagram every two milliseconds for its first two seconds. */
const everyMs = 2
const lastsMs = 2000
/** A port that nothing else of the platform listens on. */
const port = 48_080
const purpose = 'new-pod'

const hammerSchema = z.object({ addresses: z.number(), rounds: z.number(), sent: z.number(), failed: z.number(), longestRound: z.number() })

/** The first moments of many new pods, in environments and outside them. */
export interface StartUpWatch {
  engine: string
  pods: readonly NewPod[]
  /** What was sent at every address that a new pod may get, from a pod outside all environments. */
  hammer: z.infer<typeof hammerSchema>
  /** By environment: the wave of new pods there. */
  waves: readonly { environment: EnvironmentName, seconds: number }[]
}

interface Watch extends OwnPlace { key: string, outside: string, tally: AgentPod, nodes: readonly string[] }

/**
 * Starts new pods in one environment after the other, so that none has many that are not ready at a time, and watches the first two seconds of
 * each from both sides. What they send goes to a pod that no policy protects; what they are sent comes from another such pod.
 */
export async function watchStartUps(place: OwnPlace): Promise<StartUpWatch> {
  const engine = await readEngine(place.platform)
  // Nobody else can guess it, so nobody else's datagrams count.
  const key = `new-${randomBytes(10).toString('hex')}`
  const outside = await ownNamespace(place, 'start-up')
  const nodes = await podNodes(place)
  const tally = await startAgent(place, { namespace: outside, purpose: 'tally', args: ['tally', '-accept', key, '-port', String(port)], container: measuring })
  const hammer = await startAgent(place, { namespace: outside, purpose: 'hammer', args: ['hammer', '-id', `${key}-hammer`, '-networks', nodes.map(({ network }) => network).join(','), '-port', String(port)], container: measuring })
  const watch = { ...place, key, outside, tally, nodes: nodes.flatMap(({ name, open }) => open ? [name] : []) }
  const pods: Omit<NewPod, 'delivered'>[] = []
  const waves: { environment: EnvironmentName, seconds: number }[] = []
  for (const environment of environmentNames) {
    const started = performance.now()
    pods.push(...await wave(watch, environment))
    waves.push({ environment, seconds: (performance.now() - started) / 1000 })
  }
  const counted = await ask(place, tally, tallySchema)
  return { engine, waves, hammer: await ask(place, hammer, hammerSchema), pods: pods.map((pod) => ({ ...pod, delivered: counted[senderOf(key, pod.id)] })) }
}

function senderOf(key: string, id: string): string {
  return `${key}-${id.replace('/', '-')}`
}

/** The nodes, from which network each gives its pods their addresses, and whether it takes new ones. Rejects with IndeterminateError where they do not say. */
async function podNodes({ platform: { cluster } }: OwnPlace): Promise<{ name: string, network: string, open: boolean }[]> {
  const { items } = await reading('list the nodes', cluster.core.listNode())
  const silent = items.find(({ spec }) => spec?.podCIDR === undefined)
  if (silent !== undefined || items.length === 0) throw new IndeterminateError(`expected every node to say from which network its pods get their addresses, but ${silent?.metadata?.name ?? 'there is no node'} does not; a new pod cannot be tried from its first instant then`)
  return items.flatMap(({ metadata, spec }) => spec?.podCIDR === undefined || metadata?.name === undefined ? [] : [{ name: metadata.name, network: spec.podCIDR, open: spec.unschedulable !== true }])
}

/** One environment's new pods, with one control on each node outside beside them; resolves when all have ended or been given up, and removes them. */
async function wave(watch: Watch, environment: EnvironmentName): Promise<Omit<NewPod, 'delivered'>[]> {
  const { platform, outside, run: { label } } = watch
  const inside = platform.namespaceOf(environment)
  const wanted = [
    ...Array.from({ length: newPodsPerEnvironment }, (_, index) => ({ id: `${environment}/${index + 1}`, namespace: inside, control: false })),
    ...watch.nodes.map((node, index) => ({ id: `outside/${environment}-${index + 1}`, namespace: outside, control: true, node })),
  ]
  const refused = new Map<string, string>()
  await Promise.all(wanted.map(async (one) => {
    const { id, namespace } = one
    const body = newPod(watch, one)
    await platform.cluster.core.createNamespacedPod({ namespace, body }).then(
      () => watch.run.created(`Pod ${namespace}/${nameOf(watch, id)}`),
      (error: unknown) => refused.set(id, `it was not admitted: ${refusalOf(error).message}`),
    )
  }))
  const look = async (): Promise<Map<string, V1Pod>> => {
    const lists = await Promise.all([inside, outside].map((namespace) => reading(`list the new pods in ${namespace}`, platform.cluster.core.listNamespacedPod({ namespace, labelSelector: selectorOf(label, purpose) }))))
    return new Map(lists.flatMap(({ items }) => items.map((pod) => [pod.metadata?.name ?? '', pod] as const)))
  }
  const settled = (pods: ReadonlyMap<string, V1Pod>): boolean => wanted.every(({ id }) => refused.has(id) || podState(pods.get(nameOf(watch, id)) ?? {}).state === 'failed')
  const { value } = await converge(look, budgets.startUpWave, { consecutive: 1, every: 500, until: settled })
  for (const namespace of [inside, outside]) {
    await readingIfPresent(`remove the new pods in ${namespace}`, platform.cluster.core.deleteCollectionNamespacedPod({ namespace, labelSelector: selectorOf(label, purpose), gracePeriodSeconds: 0 }))
  }
  return wanted.map(({ id, control }) => {
    const pod = value.get(nameOf(watch, id))
    return { id, control, node: pod?.spec?.nodeName ?? 'none', report: pod === undefined ? { why: refused.get(id) ?? 'it is gone' } : reportIn(pod) }
  })
}

function nameOf({ run }: OwnPlace, id: string): string {
  return `probe-${purpose}-${id.replace('/', '-')}-${run.label}`
}

function newPod(watch: Watch, { id, namespace, node }: { id: string, namespace: string, node?: string }): V1Pod {
  const { key, tally } = watch
  const args = ['start-up', '-id', senderOf(key, id), '-accept', key, '-target', `${tally.ip}:${port}`, '-port', String(port), '-every', `${everyMs}ms`, '-for', `${lastsMs}ms`, '-report', '/dev/termination-log']
  const resources = { requests: restrictedContainer.resources.requests, limits: { cpu: '250m', memory: '64Mi' } }
  const pod = node === undefined ? {} : { nodeSelector: { 'kubernetes.io/hostname': node } }
  return agentPod({ namespace, purpose, args, pod, container: { resources } }, { name: nameOf(watch, id), run: watch.run.label })
}

/** The report comes with the pod's status, so that hundreds are read at once. */
function reportIn(pod: V1Pod): NewPod['report'] {
  const ended = pod.status?.containerStatuses?.[0]?.state?.terminated
  if (ended?.message === undefined || ended.exitCode !== 0) {
    const state = podState(pod)
    return { why: state.state === 'ready' ? 'it had not ended in time' : state.why }
  }
  return startUpReport.parse(JSON.parse(ended.message))
}
