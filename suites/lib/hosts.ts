import { z } from 'zod'
import { IndeterminateError } from './indeterminate.ts'
import { jsonOrNothing } from './json.ts'
import type { HttpsResult } from './probes/https.ts'

const aboutSchema = z.object({ environment: z.string(), text: z.string().optional() })

/** The environment that the answering service says it belongs to; undefined when the answer is none of the sample service. */
export function answeredBy({ outcome, body = '' }: HttpsResult): string | undefined {
  if (outcome !== 'answered') return undefined
  return aboutSchema.safeParse(jsonOrNothing(body)).data?.environment
}

/** What was heard, in few words. */
export function wordsOf(result: HttpsResult): string {
  if (result.outcome !== 'answered') return `it ended with ${result.outcome} in phase ${result.phase ?? 'unknown'} (${result.error ?? 'no reason given'})`
  const by = answeredBy(result)
  return `the answer was ${result.status ?? 0}${by === undefined ? '' : ` of the service in ${by}`}`
}

/** Held, violated, or not decidable; `detail` is the sentence for the last two. */
export type HostFinding = { held: true } | { held: false, decided: boolean, detail: string }

/**
 * Judges a call to the host of an environment. Another environment's answer, and a certificate that is not the platform's for this host, are violations;
 * an ingress or a service that does not answer says nothing about who would.
 */
export function judgeHost(environment: string, result: HttpsResult): HostFinding {
  const by = answeredBy(result)
  if (by === environment && result.status === 200) return { held: true }
  const decided = result.outcome === 'untrusted' || (by !== undefined && by !== environment)
  return { held: false, decided, detail: `expected ${result.url} to be answered over verified TLS by the service in ${environment}, but ${wordsOf(result)}` }
}

/** Judges a call by plain HTTP: it is led to the same place over TLS, and gets no answer of a service. */
export function judgePlain(result: HttpsResult): HostFinding {
  const expected = result.url.replace(/^http:/, 'https:')
  const status = result.status ?? 0
  if (result.outcome === 'answered' && status >= 300 && status < 400 && result.location === expected) return { held: true }
  const decided = result.outcome === 'answered' && status < 500
  return { held: false, decided, detail: `expected ${result.url} to be led to ${expected}, but ${wordsOf(result)}${result.location === undefined ? '' : ` with the location ${result.location}`}` }
}

/** Judges a call to a host that nobody claims: 404 of the ingress itself, over TLS that was verified. */
export function judgeUnclaimed(result: HttpsResult): HostFinding {
  if (result.outcome === 'answered' && result.status === 404 && answeredBy(result) === undefined) return { held: true }
  const decided = result.outcome === 'untrusted' || (result.outcome === 'answered' && (result.status ?? 0) < 500)
  return { held: false, decided, detail: `expected ${result.url}, which no service claims, to get 404, but ${wordsOf(result)}` }
}

/**
 * Judges an attempt of a pod that must not reach the ingress. Only silence, or the network's refusal, before there was a connection is a denial, and only
 * beside `control`, the same call from elsewhere that was answered.
 */
export function judgeBarred(place: string, result: HttpsResult, control: HttpsResult): HostFinding {
  const what = `a pod of ${place} calling ${result.url}`
  const connected = result.outcome === 'answered' || result.phase === 'tls' || result.phase === 'answer'
  if (connected) return { held: false, decided: true, detail: `expected ${what} to get no connection to the ingress, but ${wordsOf(result)}` }
  const denied = ['timeout', 'refused', 'unreachable'].includes(result.outcome) && result.phase === 'connect'
  if (!denied) return { held: false, decided: false, detail: `expected ${what} to be denied by the network, but ${wordsOf(result)}, which is not a denial` }
  if (answeredBy(control) !== undefined && control.status === 200) return { held: true }
  return { held: false, decided: false, detail: `${what} was denied, but the same call from outside the environments was not answered either (${wordsOf(control)}), which proves nothing` }
}

/** The faults among findings. Throws IndeterminateError when there are none but something could not be decided, or nothing was judged. */
export function faultsIn(findings: readonly HostFinding[]): string[] {
  if (findings.length === 0) throw new IndeterminateError('expected at least one call to judge, but none was made')
  const open = findings.flatMap((finding) => finding.held ? [] : [finding])
  const faults = open.filter(({ decided }) => decided).map(({ detail }) => detail)
  const [first] = open
  if (faults.length > 0 || first === undefined) return faults
  throw new IndeterminateError(`${first.detail}${open.length > 1 ? ` (and ${open.length - 1} more of ${findings.length} calls)` : ''}`)
}
