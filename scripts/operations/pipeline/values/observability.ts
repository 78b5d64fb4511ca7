import { environmentNames } from '../platform-schema.ts'
import type { ValueSources } from '../release-values.ts'

type Sources = Pick<ValueSources, 'platform' | 'approval' | 'controlPlane' | 'endpoints' | 'authority'>

/** What is observed, how long it is kept, when whom is told. The channel's webhook is a Secret and not among the values; its address is, for the network policy. */
export function observabilityValues({ platform, approval, controlPlane, endpoints, authority }: Sources): Record<string, unknown> {
  const { metricsRetentionDays, logRetentionDays, runbooks } = platform.observability
  return {
    approval: { reference: approval },
    environments: environmentNames.map((name) => ({ name, alerts: platform.environments[name].alerts })),
    domain: platform.domain,
    runbooks,
    controlPlane: { addresses: controlPlane.addresses, port: controlPlane.port },
    channel: { addresses: endpoints.channel.addresses, port: endpoints.channel.port },
    retention: { metricsDays: metricsRetentionDays, logDays: logRetentionDays },
    outsideProbers: [...endpoints.outsideProbers],
    ingress: { caCertificate: authority },
  }
}
