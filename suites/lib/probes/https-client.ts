import type { V1Pod } from '@kubernetes/client-node'
import { runLabel, type EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { ExecTarget } from '../platform/exec.ts'
import { reading } from '../platform/kubernetes.ts'
import { awayFrom, restrictedContainer, restrictedPod, runLabels } from './manifests.ts'
import { ownNamespace, type OwnPlace } from './own-namespace.ts'
import { lastsLong, podState, type PodState } from './pod-status.ts'

/** The program that calls over HTTPS is a mode of the sample service; beside it the pod serves the service itself and nobody is led there. */
const clientImage = 'ghcr.io/plumbline-dev/sample-service:0.1.0'
const container = 'client'

/** A pod of the run that calls can be made from. */
export type ClientPod = ExecTarget

/** Where calls come from: a pod of an environment, under its policies, or one in a namespace of the run that has no policy. */
export type ClientPlace = EnvironmentName | 'outside'

export type ClientWorld = OwnPlace & {
  /** `client` stands outside all environments already, and outlives the run. */
  run: { client?: ClientPod | undefined }
}

const started = new Map<string, Promise<ClientPod>>()

/** The run's client of a place: started by the first case that needs it, shared by the others, removed with the run. Rejects with IndeterminateError when it cannot be had. */
export function clientIn(world: ClientWorld, place: ClientPlace): Promise<ClientPod> {
  const key = `${world.run.label} ${place}`
  const known = started.get(key) ?? startClient(world, place)
  started.set(key, known)
  return known
}

/**
 * Starts the run's client outside all environments anew when it is not there any more, will end soon, or stands on a node that is about to go. Rejects with
 * IndeterminateError when it cannot be had.
 */
export async function renewClient(world: ClientWorld, notOn?: string): Promise<void> {
  const { platform: { cluster: { core } }, run } = world
  const { namespace, pod } = await clientIn(world, 'outside')
  const present = async () => (await reading(`list the HTTPS clients in ${namespace}`, core.listNamespacedPod({ namespace, labelSelector: `${runLabel}=${run.label}` }))).items.find(({ metadata }) => metadata?.name === pod)
  const found = await present()
  if (found !== undefined && lastsLong(found) && (notOn === undefined || found.spec?.nodeName !== notOn)) return
  if (found !== undefined) await reading(`end the HTTPS client in ${namespace}`, core.deleteNamespacedPod({ namespace, name: pod, gracePeriodSeconds: 0 }))
  await converge(present, budgets.httpsClientReady, { consecutive: 1, until: (left) => left === undefined })
  const renewed = startIn(world, namespace, notOn)
  started.set(`${run.label} outside`, renewed)
  await renewed
}

async function startClient(world: ClientWorld, place: ClientPlace): Promise<ClientPod> {
  if (place === 'outside' && world.run.client !== undefined) return world.run.client
  return await startIn(world, place === 'outside' ? await ownNamespace(world, 'https') : world.platform.namespaceOf(place))
}

async function startIn(world: ClientWorld, namespace: string, notOn?: string): Promise<ClientPod> {
  const { platform: { cluster }, run } = world
  const pod = `probe-https-${run.label}`
  await reading(`start an HTTPS client in ${namespace}`, cluster.core.createNamespacedPod({ namespace, body: clientPod(pod, run.label, notOn) }))
  run.created(`Pod ${namespace}/${pod}`)
  const { value } = await converge(() => stateOf(world, { namespace, pod }), budgets.httpsClientReady, { consecutive: 1, until: ({ state }) => state === 'ready' || state === 'failed' })
  if (value.state !== 'ready') throw new IndeterminateError(`expected an HTTPS client to run in ${namespace}, but ${value.why}`)
  return { namespace, pod, container }
}

async function stateOf({ platform: { cluster }, run }: ClientWorld, { namespace, pod }: { namespace: string, pod: string }): Promise<PodState> {
  const { items } = await reading(`list the HTTPS clients in ${namespace}`, cluster.core.listNamespacedPod({ namespace, labelSelector: `${runLabel}=${run.label}` }))
  const found = items.find(({ metadata }) => metadata?.name === pod)
  return found === undefined ? { state: 'failed', why: 'its pod is gone' } : podState(found)
}

function clientPod(name: string, run: string, notOn?: string): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: runLabels(run) },
    spec: {
      ...restrictedPod,
      ...awayFrom(notOn),
      containers: [{ name: container, image: clientImage, args: ['serve'], env: [{ name: 'ENVIRONMENT', value: 'verifier' }], ...restrictedContainer }],
    },
  }
}
