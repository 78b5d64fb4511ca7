import { objectives } from './objectives.ts'

/** A widget that every environment's dashboard must have (NFR-005, SC-006): found by its title, and it must ask for what its title says. */
export interface Widget {
  name: string
  title: RegExp
  /** What the query of such a panel mentions. */
  query: RegExp
}

export const widgets: readonly Widget[] = [
  { name: 'CPU', title: /\bCPU\b/i, query: /cpu/i },
  { name: 'memory', title: /\bmemory\b/i, query: /memory/i },
  { name: 'pod health', title: /\bpods?\b/i, query: /pod/i },
  { name: 'request success', title: /\bsuccess/i, query: /success|requests_total/i },
  { name: 'ingress latency', title: /\blatency\b/i, query: /latency|duration/i },
]

/** A dashboard looks again at least this often, seconds. */
export const refreshAtMost = objectives.dashboardFreshness

/** The widget that a pod which is not ready changes at once. */
export const podHealth = 'pod health'

/** Seconds of a dashboard's `refresh` ("15s", "1m", "5m", "1h"); undefined when it does not refresh by itself. */
export function refreshSeconds(refresh: string): number | undefined {
  const [, number, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(refresh) ?? []
  const factors: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }
  const factor = unit === undefined ? undefined : factors[unit]
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}
