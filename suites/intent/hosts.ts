import type { EnvironmentName } from './environments.ts'

/** The service that every environment has, and through which the ingress is judged. */
export const canary = 'sample-service'

/** Where a service of an environment answers; `domain` is the installation's own. */
export function hostOf(service: string, environment: EnvironmentName, domain: string): string {
  return `${service}.${environment}.${domain}`
}

/** The bound of the latency histograms at which the objective's threshold lies, seconds: without it the share of fast answers is a guess. */
export const latencyBound = 0.5
