import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { canary, hostOf } from '../../intent/hosts.ts'
import { sentenceOf } from '../indeterminate.ts'
import { readIngress } from '../platform/ingress.ts'
import { clientIn, type ClientWorld } from './https-client.ts'
import { callFrom, type HttpsCall } from './https.ts'

/** Requests that go on until they are stopped. */
export interface BadRequests {
  /** Why no requests are made, when that is so. */
  problem: () => string | undefined
  stop: () => Promise<void>
}

/** How long an answer is asked to take: beyond the threshold of half a second with room. Milliseconds. */
const slow = 800

/**
 * Sends failing and slow requests to the sample service of every environment through the ingress, round after round, from outside all
 * environments: some three a second each, beside which the platform's own probes are few. Never rejects: `problem` tells.
 */
export function badRequests(world: ClientWorld): BadRequests {
  const over = new AbortController()
  let problem: string | undefined
  const work = (async () => {
    const [ingress, client] = await Promise.all([readIngress(world.platform), clientIn(world, 'outside')])
    const calls = environmentNames.flatMap((environment): HttpsCall[] => {
      const base = `https://${hostOf(canary, environment, ingress.domain)}`
      return [`${base}/slow?ms=${slow}`, `${base}/status?code=500`, `${base}/status?code=503`].map((url, index) => ({ id: `${environment} ${index}`, url }))
    })
    while (!over.signal.aborted) {
      const results = await callFrom(world.platform, client, ingress, calls)
      const lost = results.find(({ outcome }) => outcome !== 'answered')
      problem = lost === undefined ? undefined : `${lost.url} ended with ${lost.outcome} (${lost.error ?? ''})`
    }
  })().catch((error: unknown) => { problem = sentenceOf(error) })
  return {
    problem: () => problem,
    stop: async () => {
      over.abort()
      await work
    },
  }
}

/** The runner's own look at the ingress: the health of the sample service of each environment, asked once. Rejects with IndeterminateError when nobody could ask. */
export async function askFrontDoor(world: ClientWorld): Promise<Map<EnvironmentName, { up: boolean, detail: string }>> {
  const [ingress, client] = await Promise.all([readIngress(world.platform), clientIn(world, 'outside')])
  const results = await callFrom(world.platform, client, ingress, environmentNames.map((environment) => ({ id: environment, url: `https://${hostOf(canary, environment, ingress.domain)}/healthz` })))
  return new Map(environmentNames.flatMap((environment, index) => {
    const result = results[index]
    return result === undefined ? [] : [[environment, { up: result.status === 200, detail: `${result.url} ended with ${result.outcome} ${result.status ?? result.error ?? ''}`.trim() }]]
  }))
}
