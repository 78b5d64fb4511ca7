/** How long something took that must happen within a time-limit. Seconds. */
export interface Promptness {
  seconds: number
  atMost: number
  /** The limit itself still counts as in time. */
  inTime: boolean
}

/** Judges the time from one moment to another. An end before its beginning is no promptness but two clocks that differ, and is refused. */
export function promptness({ from, to, atMost }: { from: Date, to: Date, atMost: number }): Promptness {
  const seconds = (to.getTime() - from.getTime()) / 1000
  if (Number.isNaN(seconds) || seconds < 0) throw new RangeError(`expected an end at or after ${from.toISOString()}, got ${Number.isNaN(to.getTime()) ? 'no time' : to.toISOString()}`)
  return { seconds, atMost, inTime: seconds <= atMost }
}
