import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import { execIn } from '../platform/exec.ts'
import type { Ingress } from '../platform/ingress.ts'
import type { Platform } from '../platform/platform.ts'
import type { ClientPod } from './https-client.ts'

/** One request from a pod. It goes to the ingress's address, whatever the name would lead to. */
export interface HttpsCall {
  id: string
  url: string
}

const resultSchema = z.object({
  id: z.string(),
  outcome: z.enum(['answered', 'untrusted', 'dns', 'refused', 'unreachable', 'timeout', 'error']),
  phase: z.enum(['resolve', 'connect', 'tls', 'answer']).optional(),
  status: z.number().int().optional(),
  location: z.string().optional(),
  body: z.string().optional(),
  issuer: z.string().optional(),
  error: z.string().optional(),
  ms: z.number().nonnegative(),
})
const responseSchema = z.object({ results: z.array(resultSchema) })

/** What became of a call. `answered` by a server whose certificate was verified (with https), with any status; `untrusted`: its certificate was not. */
export type HttpsResult = Omit<z.infer<typeof resultSchema>, 'ms'> & { url: string, milliseconds: number }

/**
 * Makes all calls from one pod, in one exec, and resolves with what became of each, in their order; nobody but the ingress's authority is trusted.
 * Rejects with IndeterminateError when the calls could not be made.
 */
export async function callFrom(platform: Pick<Platform, 'cluster'>, pod: ClientPod, ingress: Ingress, calls: readonly HttpsCall[]): Promise<HttpsResult[]> {
  const input = requestLine(ingress, calls)
  const printed = await execIn(platform.cluster.config, pod, ['/sample-service', 'probe'], { input, budget: budgets.httpsExec })
  return resultsOf(printed, calls)
}

export function requestLine({ address, authority }: Ingress, calls: readonly HttpsCall[]): string {
  const requests = calls.map(({ id, url }) => ({ id, url, address: `${address}:${url.startsWith('https:') ? 443 : 80}` }))
  return `${JSON.stringify({ timeoutMs: budgets.httpsCall.milliseconds, ca: authority, requests })}\n`
}

/** The results by the calls' order. Throws IndeterminateError when the line is not what the program prints, or leaves a call out. */
export function resultsOf(printed: string, calls: readonly HttpsCall[]): HttpsResult[] {
  const parsed = responseSchema.safeParse(jsonOrNothing(printed))
  if (!parsed.success) throw new IndeterminateError(`expected the HTTPS probe to print its results, but it printed ${JSON.stringify(printed.slice(0, 200))}`)
  const results = new Map(parsed.data.results.map((result) => [result.id, result]))
  return calls.map(({ id, url }) => {
    const found = results.get(id)
    if (found === undefined) throw new IndeterminateError(`expected the HTTPS probe to say what became of ${url}, but it did not`)
    const { ms, ...result } = found
    return { ...result, url, milliseconds: ms }
  })
}
