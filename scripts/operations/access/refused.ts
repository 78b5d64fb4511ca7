import { setTimeout as delay } from 'node:timers/promises'
import { KubeConfig } from '@kubernetes/client-node'
import { clusterApi } from '../pipeline/cluster-api.ts'
import type { Refusal } from './records.ts'

export interface Answer { status: number, message: string }

/** What an identity is answered when it lists the pods of a namespace, or the nodes of the cluster. Rejects when there is no answer. */
export type Ask = () => Promise<Answer>

/** The authentication cache keeps a good token for 10 s; the rest is room for a loaded machine. Milliseconds. */
export const untilUnauthorized = 20_000
/** The authorizer hears of a binding's end within milliseconds. */
export const untilForbidden = 3_000
const between = 100

/** Asks the API server for a path as whoever a kubeconfig holds. */
export function asking(kubeconfig: string, path: string): Ask {
  const config = new KubeConfig()
  config.loadFromString(kubeconfig)
  const api = clusterApi(config)
  return async () => {
    const { status, body } = await api.send({ method: 'GET', path })
    return { status, message: status === 200 ? 'OK' : messageIn(body) }
  }
}

/**
 * Asks until the answer is one of `wanted`, at most so long; the first answer counts as after 0 to a few milliseconds. Undefined when the
 * time is over and the identity is still answered something else: then `last` is what.
 */
export async function refusalWithin(ask: Ask, wanted: readonly number[], milliseconds: number): Promise<{ refusal: Refusal | undefined, last: Answer }> {
  const started = performance.now()
  for (;;) {
    const last = await ask()
    const afterMs = Math.round(performance.now() - started)
    if (wanted.includes(last.status)) return { refusal: { ...last, afterMs }, last }
    if (afterMs > milliseconds) return { refusal: undefined, last }
    await delay(between)
  }
}

function messageIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : 'without a message'
}
