import { z } from 'zod'
import { watchedGap } from '../intent/segmentation.ts'
import { distributionOf, type Distribution } from './distribution.ts'

/** What arrived at one end from the other. Offsets in microseconds since the new pod's first instant. */
const accountSchema = z.object({ datagrams: z.number(), connections: z.number(), bytes: z.number(), first: z.number(), last: z.number() })
export type Account = z.infer<typeof accountSchema>

/** What the agent tells of its first moments (suites/lib/probes/agent/startup.go). */
export const startUpReport = z.object({
  id: z.string(), first: z.number(), gap: z.number(), datagrams: z.number(), dials: z.number(), connected: z.number(), failed: z.number(), received: accountSchema,
})
export type StartUpReport = z.infer<typeof startUpReport>

/** What the far side counted, by the name that the new pods sent under. */
export const tallySchema = z.record(z.string(), accountSchema)

/** A new pod and all that is known of its first moments: its own report, or why there is none, and what the far side had of it. */
export interface NewPod {
  /** `<environment>/<number>`, or `outside/<number>` for a control. */
  id: string
  control: boolean
  node: string
  report: StartUpReport | { why: string }
  delivered: Account | undefined
}

export interface StartUpSummary {
  started: number
  /** Pods that sent from their first instant to the end. */
  watched: number
  attempts: { datagrams: number, connections: number }
  /** Got out of new pods, and into them. */
  out: { pods: number, bytes: number }
  in: { pods: number, bytes: number }
  /** Milliseconds from the first instant of a pod until the last delivery; 0 for a pod of which nothing was delivered. */
  window: Distribution | undefined
  /** Milliseconds in which a watched pod sent nothing at the longest: a leak that is shorter can have been missed in it. */
  gap: Distribution | undefined
}

export function reportOf({ report }: Pick<NewPod, 'report'>): StartUpReport | undefined {
  return 'why' in report ? undefined : report
}

/** Why the silence of a new pod would prove nothing; undefined when it was watched from its first instant on. */
export function unwatched({ id, report }: Pick<NewPod, 'id' | 'report'>): string | undefined {
  if ('why' in report) return `expected the new pod ${id} to tell of its first moments, but ${report.why}`
  if (report.datagrams === 0) return `expected the new pod ${id} to send from its first instant, but it sent nothing`
  if (report.gap <= watchedGap) return undefined
  return `expected the new pod ${id} to send all the time from its first instant, but for ${inMs(report.gap)} ms it sent nothing; the machine is too busy for this measurement`
}

/** Environments of which fewer new pods were watched than planned, and why. */
export function missingOnes(pods: readonly NewPod[], planned: { environments: readonly string[], each: number }): string[] {
  return planned.environments.flatMap((environment) => {
    const own = pods.filter(({ id, control }) => !control && id.startsWith(`${environment}/`))
    const why = own.flatMap((pod) => unwatched(pod) ?? [])
    if (own.length - why.length >= planned.each) return []
    return [`expected ${planned.each} new pods of ${environment} to be watched from their first instant, but ${own.length - why.length} of ${own.length} were: ${why[0] ?? 'no more were started in time'}`]
  })
}

/** Milliseconds from a pod's first instant until the last delivery in either direction, 0 when there was none. */
export function windowOf({ report, delivered }: Pick<NewPod, 'report' | 'delivered'>): number {
  const received = 'why' in report || report.received.bytes === 0 ? 0 : report.received.last
  return inMs(Math.max(delivered?.last ?? 0, received, passed({ report, delivered }) ? 1000 : 0))
}

/** Whether anything passed. A completed handshake did, whatever became of what was written then. */
function passed({ report, delivered }: Pick<NewPod, 'report' | 'delivered'>): boolean {
  return delivered !== undefined || (!('why' in report) && (report.connected > 0 || report.received.bytes > 0))
}

/** One sentence for each new pod of which something passed before its policies were enforced. */
export function leaksOf(pods: readonly NewPod[], engine: string): string[] {
  return pods.filter((pod) => !pod.control && passed(pod)).map((pod) =>
    `expected nothing of the new pod ${pod.id} (node ${pod.node}) to pass before its policies are enforced, but ${waysOf(pod).join(' and ')} did, the last ${windowOf(pod)} ms after its first instant (${engine}); see docs/platform/segmentation.md`)
}

function waysOf(pod: NewPod): string[] {
  const { connected = 0, received } = reportOf(pod) ?? {}
  const sent = pod.delivered?.bytes ?? 0
  return [
    ...sent > 0 ? [`${sent} bytes that it sent`] : [],
    ...sent === 0 && connected > 0 ? [`${connected} connections that it opened`] : [],
    ...received !== undefined && received.bytes > 0 ? [`${received.bytes} bytes that it was sent`] : [],
  ]
}

/** What keeps the controls from showing that the probe works: on each node that new pods came to, one must have been delivered each way, else silence there proves nothing. */
export function brokenControls(pods: readonly NewPod[]): string[] {
  const nodes = [...new Set(pods.filter((pod) => !pod.control && reportOf(pod) !== undefined).map(({ node }) => node))].toSorted()
  return nodes.flatMap((node) => {
    const controls = pods.filter((pod) => pod.control && pod.node === node)
    return [
      ...controls.some(({ delivered }) => delivered !== undefined) ? [] : [`expected what a new pod without any policy sends from ${node} to be delivered, but of ${controls.length} such pods none was; silence from there proves nothing`],
      ...controls.some((pod) => (reportOf(pod)?.received.bytes ?? 0) > 0) ? [] : [`expected a new pod without any policy on ${node} to be reached, but of ${controls.length} such pods none was; silence there proves nothing`],
    ]
  })
}

/** The numbers over the pods that are under policies. */
export function summaryOf(pods: readonly NewPod[]): StartUpSummary {
  const judged = pods.filter(({ control }) => !control)
  const reports = judged.flatMap((pod) => reportOf(pod) ?? [])
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
  const out = judged.flatMap(({ delivered }) => delivered ?? [])
  const into = reports.map(({ received }) => received.bytes).filter((bytes) => bytes > 0)
  const watched = judged.filter((pod) => unwatched(pod) === undefined)
  return {
    started: judged.length,
    watched: watched.length,
    attempts: { datagrams: sum(reports.map(({ datagrams }) => datagrams)), connections: sum(reports.map(({ dials }) => dials)) },
    out: { pods: out.length, bytes: sum(out.map(({ bytes }) => bytes)) },
    in: { pods: into.length, bytes: sum(into) },
    window: distributionOf(watched.map(windowOf)),
    gap: distributionOf(watched.flatMap((pod) => inMs(reportOf(pod)?.gap ?? 0))),
  }
}

/** How soon the controls were delivered after their first instant, in milliseconds: what the probe can see at all. */
export function controlDelays(pods: readonly NewPod[]): Distribution | undefined {
  return distributionOf(pods.flatMap(({ control, delivered }) => control && delivered !== undefined ? [inMs(delivered.first)] : []))
}

function inMs(microseconds: number): number {
  return Math.round(microseconds / 100) / 10
}
