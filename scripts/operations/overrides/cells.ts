import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { UsageFailure } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'
import { environmentNames } from '../pipeline/platform-schema.ts'

/** The longest that an override may be open; the guardrail plumbline-overrides refuses more. */
export const longestMinutes = 480

const labels = z.record(z.string(), z.string())

/** What an override opens: one way, from some pods of one environment to one port of some pods of another. No labels: all pods. */
export const overrideSchema = z.strictObject({
  from: z.enum(environmentNames),
  to: z.enum(environmentNames),
  port: z.int().min(1).max(65_535),
  protocol: z.enum(['TCP', 'UDP']),
  fromPods: labels,
  toPods: labels,
  minutes: z.int().min(1).max(longestMinutes),
})
export type Override = z.infer<typeof overrideSchema>

/** As typed on the command line. */
export interface Typed { from: string, to: string, port: string, protocol: string, fromPods: string | undefined, toPods: string | undefined, minutes: string }

/** Throws a UsageFailure that says what was expected. */
export function overrideOf(typed: Typed): Override {
  const [from, to] = [environmentCalled('from', typed.from), environmentCalled('to', typed.to)]
  if (from === to) {
    throw new UsageFailure(`--from and --to are both ${from}: an override opens a way from one environment to another. Within one, a pod is reached when it carries the label plumbline.dev/reachable-from: environment.`)
  }
  return {
    from,
    to,
    port: wholeNumber('port', typed.port, 65_535),
    protocol: protocolCalled(typed.protocol),
    fromPods: podsCalled('from-pods', typed.fromPods),
    toPods: podsCalled('to-pods', typed.toPods),
    minutes: wholeNumber('minutes', typed.minutes, longestMinutes),
  }
}

function environmentCalled(option: string, text: string): Override['from'] {
  const found = environmentNames.find((name) => name === text)
  if (found !== undefined) return found
  throw new UsageFailure(`--${option} is ${JSON.stringify(text)}: expected an environment, one of ${environmentNames.join(', ')}.${didYouMean(text, environmentNames)}`)
}

function protocolCalled(text: string): Override['protocol'] {
  const upper = text.toUpperCase()
  if (upper === 'TCP' || upper === 'UDP') return upper
  throw new UsageFailure(`--protocol is ${JSON.stringify(text)}: expected TCP or UDP.`)
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (value >= 1 && value <= most) return value
  throw new UsageFailure(`--${option} is ${JSON.stringify(text)}: expected a whole number from 1 to ${String(most)}.`)
}

const prefix = '([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?'
const word = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?'
const label = new RegExp(`^(${prefix}${word})=(${word})$`)

/** `k=v`, or several with commas between them: a pod must have them all. */
function podsCalled(option: string, text: string | undefined): Record<string, string> {
  if (text === undefined) return {}
  return Object.fromEntries(text.split(',').map((pair): [string, string] => {
    if (!label.test(pair)) throw new UsageFailure(`--${option} is ${JSON.stringify(text)}: expected a label of pods as name=value, or several with commas between them.`)
    const at = pair.indexOf('=')
    return [pair.slice(0, at), pair.slice(at + 1)]
  }))
}

/** SHA-256 of exactly what is opened: an approval is for this and nothing else. */
export function digestOf(override: Override): string {
  return `sha256:${createHash('sha256').update(canonicalJson(override)).digest('hex')}`
}

/** One line for each thing that a person must know before saying yes. */
export function describe({ from, to, port, protocol, fromPods, toPods, minutes }: Override): string[] {
  return [
    `from ${podsInWords(fromPods)} of ${from}`,
    `to ${podsInWords(toPods)} of ${to}, ${protocol} port ${String(port)}, by pod address and by service name`,
    `for ${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'} from its approval; nothing else is opened, and nothing the other way`,
  ]
}

function podsInWords(pods: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(pods).map(([name, value]) => `${name}=${value}`)
  return pairs.length === 0 ? 'every pod' : `the pods with ${pairs.join(' and ')}`
}
