import { environmentNames } from '../../intent/environments.ts'
import type { LoginAttempt } from '../login.ts'
import type { Target } from './prometheus.ts'

/** What every environment needs although nothing is open by default. */
export const essentials = ['data store', 'telemetry', 'ingress', 'API server'] as const
export type Essential = (typeof essentials)[number]

/**
 * One service from, or for, one environment. `stopped`: packets did not get through. `unknown`: it failed in a way that says nothing about
 * the network, or could not be asked.
 */
export interface Reach { service: Essential, environment: string, outcome: 'reached' | 'stopped' | 'unknown', detail: string }

/** An environment's own login, made from one of its pods. */
export function reachOfLogin(environment: string, attempt: LoginAttempt | undefined): Reach {
  const place = { service: 'data store', environment } as const
  if (attempt === undefined) return { ...place, outcome: 'unknown', detail: 'no login was made' }
  const { outcome, phase, error = '' } = attempt
  const detail = `${attempt.what} ended with ${outcome} at ${phase} ${error}`.trim()
  if (outcome === 'answered') return { ...place, outcome: 'reached', detail }
  const stopped = phase === 'connect' && (outcome === 'timeout' || outcome === 'refused' || outcome === 'unreachable')
  return { ...place, outcome: stopped ? 'stopped' : 'unknown', detail }
}

/** What Prometheus says about the targets of an environment's workloads, or of the API server for `everybody`. */
export function reachOfTargets(service: 'telemetry' | 'API server', environment: string, targets: readonly Pick<Target, 'health' | 'lastError' | 'scrapeUrl'>[]): Reach {
  const place = { service, environment }
  const up = targets.find(({ health }) => health === 'up')
  if (up !== undefined) return { ...place, outcome: 'reached', detail: `${up.scrapeUrl} is scraped` }
  const [first] = targets
  if (first === undefined) return { ...place, outcome: 'unknown', detail: 'Prometheus has no such target' }
  const silent = /deadline exceeded|i\/o timeout|no route to host|connection refused/.test(first.lastError)
  return { ...place, outcome: silent ? 'stopped' : 'unknown', detail: `${first.scrapeUrl} is ${first.health}: ${first.lastError}` }
}

/** The answer of an environment's sample service through the ingress: 502 and 504 are the controller's own, about a pod that it does not get through to. */
export function reachOfHost(environment: string, answer: { up: boolean, detail: string } | undefined): Reach {
  const place = { service: 'ingress', environment } as const
  if (answer === undefined) return { ...place, outcome: 'unknown', detail: 'nobody asked' }
  const stopped = / answered 50[24]$/.test(answer.detail)
  return { ...place, outcome: answer.up ? 'reached' : stopped ? 'stopped' : 'unknown', detail: answer.detail }
}

/**
 * What is stopped while the same service is reached from elsewhere: only then it is the network that stops it. The API server has no
 * elsewhere in here; that the verifier reads this from it is its control.
 */
export function stoppedOnes(all: readonly Reach[]): Reach[] {
  const alive = (service: Essential): boolean => service === 'API server' || all.some((one) => one.service === service && one.outcome === 'reached')
  return all.filter((one) => one.outcome === 'stopped' && alive(one.service))
}

/** What is not known of anything: neither reached nor shown to be stopped by the network. */
export function undecidedOnes(all: readonly Reach[]): Reach[] {
  const stopped = stoppedOnes(all)
  return all.filter((one) => one.outcome !== 'reached' && !stopped.includes(one))
}

/** Every environment with every service, for a complaint about what is missing. */
export function missingOnes(all: readonly Reach[]): string[] {
  const wanted = environmentNames.flatMap((environment) => (['data store', 'telemetry', 'ingress'] as const).map((service) => ({ service, environment })))
  return wanted.filter(({ service, environment }) => !all.some((one) => one.service === service && one.environment === environment)).map(({ service, environment }) => `${service} of ${environment} was not looked at`)
}
