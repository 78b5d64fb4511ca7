import { isBeyond, type EnvironmentThreshold } from '../intent/thresholds.ts'
import type { ChannelMessage } from './platform/channel.ts'

/** What became of one alert of one environment while its threshold was crossed on purpose, and afterwards. Times in milliseconds since 1970. */
export interface AlertStory {
  threshold: EnvironmentThreshold
  /** The measure over the time, [milliseconds, value]. */
  measure: readonly (readonly [number, number])[]
  /** It was active before anything was done, so its beginning cannot be observed. */
  before: boolean
  /** When Alertmanager was first seen to hold it. */
  active: number | undefined
  fired: ChannelMessage | undefined
  resolved: ChannelMessage | undefined
  /** What kept the run from crossing the threshold, when that is known. */
  hindrance: string | undefined
}

/** How long a threshold must have been crossed before a missing alert is a fault: what an alert waits, two evaluations, and the way to the channel. Milliseconds. */
export const dueAfter = 105_000

export type StoryFinding = { fault: string } | { undecided: string } | undefined

function nameOf({ threshold: { alert, environment } }: AlertStory): string {
  return `${alert} in ${environment}`
}

/** How long the measure was beyond its threshold in one go, milliseconds. */
export function longestBeyond({ threshold, measure }: Pick<AlertStory, 'threshold' | 'measure'>): number {
  let [since, longest]: [number | undefined, number] = [undefined, 0]
  for (const [at, value] of measure) {
    since = isBeyond(threshold, value) ? since ?? at : undefined
    if (since !== undefined) longest = Math.max(longest, at - since)
  }
  return longest
}

/** Whether the alert came when it was due. */
export function judgeArrival(story: AlertStory): StoryFinding {
  const name = nameOf(story)
  if (story.fired !== undefined) return undefined
  if (story.before) return { undecided: `expected ${name} to begin when its threshold is crossed, but it was active already; look at its runbook and run again` }
  if (story.measure.length === 0) return { undecided: `expected the measure ${story.threshold.measure} of ${story.threshold.environment}, but Prometheus has none, so its threshold was not seen to be crossed` }
  const beyond = longestBeyond(story)
  const seconds = Math.round(beyond / 1000)
  if (beyond < dueAfter) return { undecided: `expected to cross the threshold of ${name} for ${dueAfter / 1000} s, but it was beyond it for ${seconds} s${story.hindrance === undefined ? '' : ` (${story.hindrance})`}` }
  const held = story.active === undefined ? 'Alertmanager never held it' : 'Alertmanager held it'
  return { fault: `expected ${name} to arrive in the platform channel, but its threshold was crossed for ${seconds} s and no message came; ${held}` }
}

/** Whether the message says what somebody on duty needs: which environment, and the runbook. */
export function judgeMessage(story: AlertStory): StoryFinding {
  const { fired, threshold: { alert, environment } } = story
  if (fired === undefined) return undefined
  if (!linksTo(fired.text, alert)) return { fault: `expected the message about ${nameOf(story)} to link its runbook ${alert}.md, but its text is: ${fired.text.replaceAll('\n', ' ').slice(0, 300)}` }
  return fired.text.includes(environment) ? undefined : { fault: `expected the message about ${nameOf(story)} to name its environment, but it does not` }
}

/** Whether the end of the crossing arrived too. */
export function judgeResolution(story: AlertStory): StoryFinding {
  const name = nameOf(story)
  if (story.fired === undefined) return { undecided: `expected the resolution of ${name}, but it never arrived, so there is nothing to resolve` }
  if (story.resolved !== undefined) return undefined
  const last = story.measure.at(-1)
  if (last !== undefined && isBeyond(story.threshold, last[1])) return { undecided: `expected the measure of ${name} to return, but it is still beyond its threshold: ${last[1]}` }
  return { fault: `expected the resolution of ${name} to arrive in the platform channel, but none came after its measure had returned` }
}

export function linksTo(text: string, alert: string): boolean {
  return new RegExp(`https?://[^\\s|>"]*/${alert}\\.md`).test(text)
}

/** The first message that says that this alert of this environment began, or ended. */
export function messageAbout(messages: readonly ChannelMessage[], { alert, environment }: Pick<EnvironmentThreshold, 'alert' | 'environment'>, what: 'firing' | 'resolved'): ChannelMessage | undefined {
  const [own, other] = what === 'firing' ? [/\bfiring\b/i, undefined] : [/\bresolved\b/i, /\bfiring\b/i]
  return messages.find(({ text }) => new RegExp(`\\b${alert}\\b`).test(text) && new RegExp(`\\b${environment}\\b`).test(text) && own.test(text) && other?.test(text) !== true)
}
