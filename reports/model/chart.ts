import { z } from 'zod'
import type { Evidence } from './results.ts'

const point = z.tuple([z.number(), z.number()])

/**
 * A chart: the `data` of evidence of kind `chart`. `line` goes over time unless `x` says over what; its points are then
 * [milliseconds since 1970, value]. `histogram` has one bar for each point [upper bound of the bucket in `unit`, how many]; `bars` one for
 * each point [place in x.labels, value], so that values of several series stand side by side.
 */
export const chartSchema = z.strictObject({
  kind: z.enum(['line', 'histogram', 'bars']),
  title: z.string().min(1),
  /** Unit of what was measured, as it is written after a number: `%`, `cores`, `bytes`, `requests/s`. */
  unit: z.string().min(1),
  /** Charts of one group stand together under its name: a dashboard, a load test. */
  group: z.string().min(1).optional(),
  /** What the points' first numbers are, when not a time; `labels` name the places 0, 1, 2 … of `bars`. */
  x: z.strictObject({ unit: z.string(), labels: z.array(z.string()).optional() }).optional(),
  series: z.array(z.strictObject({ name: z.string(), points: z.array(point) })).min(1),
  /** A limit, threshold or objective for what was measured, in `unit`. */
  threshold: z.number().optional(),
})
export type Chart = z.infer<typeof chartSchema>

/** No instant in milliseconds that a run can have seen is smaller; seconds are. */
const earliest = Date.UTC(2001, 0, 1)

/** Why this is no chart that can be drawn, or undefined when it is one. */
export function faultOf(chart: unknown): string | undefined {
  const parsed = chartSchema.safeParse(chart)
  if (!parsed.success) return `${parsed.error.issues[0]?.path.join('.') || 'the whole'}: ${parsed.error.issues[0]?.message ?? 'unknown'}`
  const { kind, x, series } = parsed.data
  if (series.every(({ points }) => points.length === 0)) return 'it has no point'
  if (kind === 'line' && x === undefined && series.some(({ points }) => points.some(([at]) => at < earliest))) return 'the points of a line over time begin with milliseconds since 1970; name another quantity in x'
  return undefined
}

/** The chart of one record of evidence: undefined when it is not of kind `chart`, `unreadable` when its data is no chart. */
export function chartOf(evidence: Evidence): Chart | 'unreadable' | undefined {
  if (evidence.kind !== 'chart') return undefined
  return faultOf(evidence.data) === undefined ? chartSchema.parse(evidence.data) : 'unreadable'
}
