/** What a list of measurements comes to; all of them in the unit of the measurements. */
export interface Distribution { count: number, median: number, p99: number, max: number }

/** The value that so many of 100 measurements do not exceed (nearest rank). Throws a TypeError for none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]
  if (value === undefined) throw new TypeError('expected at least one measurement, got none')
  return value
}

/** Undefined when nothing was measured. With fewer than 100 measurements the p99 is the largest. */
export function distributionOf(values: readonly number[]): Distribution | undefined {
  if (values.length === 0) return undefined
  return { count: values.length, median: percentile(values, 50), p99: percentile(values, 99), max: Math.max(...values) }
}
