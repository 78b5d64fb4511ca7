import { z } from 'zod'
import type { Protocol } from '../../intent/routes.ts'
import { jsonOrNothing } from '../json.ts'

/** One attempt that an agent is asked to make. `host` is an address or an absolute name. */
export interface AgentCell {
  id: string
  protocol: Protocol
  host: string
  port: number
  nonce: string
}

const resultSchema = z.object({
  id: z.string(),
  outcome: z.enum(['delivered', 'timeout', 'refused', 'unreachable', 'dns', 'error']),
  phase: z.enum(['resolve', 'connect', 'answer']),
  answeredBy: z.string().optional(),
  address: z.string().optional(),
  ms: z.number().nonnegative(),
  error: z.string().optional(),
})

/** What an agent says about one attempt, with the protocol it was made over. */
export type AgentResult = z.infer<typeof resultSchema> & { protocol: Protocol }

const responseSchema = z.object({ results: z.array(resultSchema), sctp: z.boolean().optional() })

/** The one line of JSON that the agent reads. */
export function requestLine(timeoutMs: number, cells: readonly AgentCell[]): string {
  return `${JSON.stringify({ timeoutMs, cells })}\n`
}

/** The results of a batch by cell id. Throws when the line is not what an agent prints; attempts it does not mention are absent. */
export function parseResponse(line: string, cells: readonly AgentCell[]): Map<string, AgentResult> {
  const { results } = responseSchema.parse(JSON.parse(line))
  const asked = new Map(cells.map((cell) => [cell.id, cell.protocol]))
  return new Map(results.flatMap((result) => {
    const protocol = asked.get(result.id)
    return protocol === undefined ? [] : [[result.id, { ...result, protocol }] as const]
  }))
}

/** Whether the kernel under the pod has SCTP; undefined when the agent says nothing about it. */
export function sctpIn(line: string): boolean | undefined {
  return responseSchema.parse(JSON.parse(line)).sctp
}

const deliverySchema = z.object({ nonce: z.string(), protocol: z.string(), port: z.number(), from: z.string(), at: z.string() })

/** The nonces that a listener's log holds; its other lines are skipped. */
export function noncesIn(log: string): Set<string> {
  return new Set(log.split('\n').flatMap((line) => {
    const parsed = deliverySchema.safeParse(jsonOrNothing(line))
    return parsed.success ? [parsed.data.nonce] : []
  }))
}
