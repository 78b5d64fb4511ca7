import { objectives } from '../intent/objectives.ts'

/** Probes of one service by how they ended. Unknown is a probe whose prober had no heartbeat: nobody looked, so nobody knows. */
export interface ProbeCounts {
  up: number
  /** Failed, or missing while the prober was alive. */
  down: number
  unknown: number
}

export interface AvailabilityVerdict {
  verdict: 'satisfied' | 'violated' | 'indeterminate'
  /** Share of the probes that were up, of those that are known, percent. */
  percent: number
  /** Whether the window is as long as the month that the objective speaks of. */
  month: boolean
  /** What was judged and how it came out, as the end of a sentence. */
  reason: string
}

/**
 * Judges a window of probes against the objective. What is unknown is given the benefit of no doubt: the verdict holds only when it is the
 * same whether the unknown probes were up or down. A window shorter than the month is judged for itself, and says so.
 */
export function judgeAvailability({ up, down, unknown }: ProbeCounts, windowSeconds: number): AvailabilityVerdict {
  const slots = up + down + unknown
  // In whole probes, since 99.5 is no number that a computer has: of 172 800 probes 864 may fail.
  const allowed = Math.floor(slots * (100 - objectives.availability) / 100 + 1e-9)
  const month = windowSeconds >= objectives.availabilityMonth - objectives.probeInterval
  const percent = up + down === 0 ? 0 : up / (up + down) * 100
  const window = month ? 'over the month' : `over the ${inWords(windowSeconds)} that exist (a month is judged when there is one)`
  const counts = `${down} of ${slots} probes were down${unknown === 0 ? '' : ` and ${unknown} are unknown`} ${window}`
  const found = (verdict: AvailabilityVerdict['verdict'], said: string): AvailabilityVerdict => ({ verdict, percent, month, reason: `${said}: ${counts}, ${allowed} may be` })
  if (slots === 0 || up + down === 0) return { verdict: 'indeterminate', percent, month, reason: `nothing was observed: there is no probe with a known outcome ${window}` }
  if (down > allowed) return found('violated', `it is ${percent.toFixed(3)} %`)
  if (down + unknown > allowed) return found('indeterminate', 'the unknown probes decide')
  return found('satisfied', `it is ${percent.toFixed(3)} %`)
}

function inWords(seconds: number): string {
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`
  return seconds < 48 * 3600 ? `${(seconds / 3600).toFixed(1)} hours` : `${(seconds / 86_400).toFixed(1)} days`
}
