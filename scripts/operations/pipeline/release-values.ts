import { UsageFailure } from '../../console/failure.ts'
import type { Endpoints } from './installation.ts'
import { isLoopback } from './outputs.ts'
import type { Outputs } from './outputs.ts'
import { environmentNames } from './platform-schema.ts'
import type { EnvironmentName, Platform } from './platform-schema.ts'
import { reachable } from './reachable.ts'
import type { Reachable } from './reachable.ts'
import type { Chart, Release } from './releases-file.ts'
import { auditValues } from './values/audit.ts'
import { environmentValues } from './values/environment.ts'
import { ingressValues } from './values/ingress.ts'
import { observabilityValues } from './values/observability.ts'
import { overridesValues } from './values/overrides.ts'
import { sampleServiceValues } from './values/sample-service.ts'
import { secretsValues } from './values/secrets.ts'

/** What the values of a release are made of. */
export interface ValueSources {
  platform: Platform
  outputs: Outputs
  /** Reference of the approved change that this installation carries out. */
  approval: string
  /** Undefined when there is no database that pods could reach. */
  dataStore: Reachable | undefined
  /** Where requests of the API server itself come from and go to. */
  controlPlane: { addresses: string[], port: number }
  endpoints: Endpoints
  /** PEM of the authority that signed the environments' ingress certificates; known after the secrets' bootstrap. */
  authority: string
}

type Values = Record<string, unknown>

const ofPlatform: Partial<Record<Chart, (sources: ValueSources) => Values>> = {
  guardrails: () => ({ environments: [...environmentNames] }),
  secrets: secretsValues,
  ingress: ingressValues,
  observability: observabilityValues,
  audit: auditValues,
  overrides: overridesValues,
}

const ofEnvironment: Partial<Record<Chart, (sources: ValueSources, environment: EnvironmentName) => Values>> = {
  'environment': environmentValues,
  'sample-service': sampleServiceValues,
}

/** Values of a release, as its chart's schema knows them. Throws a UsageFailure when the list asks for something that cannot be. */
export function valuesOf({ name, chart, environment }: Release, sources: ValueSources): Values {
  const whole = ofPlatform[chart]
  if (whole !== undefined) return whole(sources)
  if (environment === undefined) {
    throw new UsageFailure(`The release ${name} of the chart ${chart} names no environment; add \`environment:\` to it in the release list.`)
  }
  return ofEnvironment[chart]?.(sources, environment) ?? {}
}

/** Where pods find the database; undefined when only this machine reaches it. */
export async function dataStoreOf({ database }: Outputs): Promise<Reachable | undefined> {
  return isLoopback(database.host) ? undefined : reachable(database.host, database.port)
}
