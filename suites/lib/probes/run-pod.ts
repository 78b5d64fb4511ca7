import type { V1Pod } from '@kubernetes/client-node'
import type { Endpoint } from '../../intent/endpoints.ts'
import { budgets, type Budget } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading } from '../platform/kubernetes.ts'
import type { ReadyMember } from './agents.ts'
import { probePod, type Listening } from './manifests.ts'
import type { OwnPlace } from './own-namespace.ts'
import { podState, type PodState } from './pod-status.ts'

type Ready = Extract<PodState, { state: 'ready' }>

/** Makes a pod of the run in a namespace and waits inside the budget until it is ready or has failed; resolves with how far it came. */
export async function startPod({ platform: { cluster: { core } }, run }: OwnPlace, { namespace, body, budget }: { namespace: string, body: V1Pod, budget: Budget }): Promise<PodState> {
  const name = body.metadata?.name ?? ''
  await reading(`start ${name} in ${namespace}`, core.createNamespacedPod({ namespace, body }))
  run.created(`Pod ${namespace}/${name}`)
  const look = async () => podState(await reading(`look at ${name} in ${namespace}`, core.readNamespacedPod({ namespace, name })))
  return (await converge(look, budget, { consecutive: 1, until: ({ state }) => state === 'ready' || state === 'failed' })).value
}

/** The same for a pod without which nothing can be seen: rejects with IndeterminateError when it does not get ready. */
export async function startReadyPod(place: OwnPlace, wanted: { namespace: string, body: V1Pod, budget: Budget }): Promise<Ready> {
  const state = await startPod(place, wanted)
  if (state.state !== 'ready') throw new IndeterminateError(`expected ${wanted.body.metadata?.name ?? 'a pod'} to run in ${wanted.namespace}, but ${state.why}`)
  return state
}

/** A probe in a namespace of the run's own, beside the fleet. Rejects with IndeterminateError when it does not get ready. */
export async function startMember(place: OwnPlace, endpoint: Endpoint, { namespace, listening }: { namespace: string, listening: Listening }): Promise<ReadyMember> {
  const body = probePod(endpoint, namespace, place.run.label, { listening })
  const { ip, node, nodeAddress, image } = await startReadyPod(place, { namespace, body, budget: budgets.probeFleetReady })
  return { endpoint, namespace, ready: true, ip, node, nodeAddress, image }
}
