import type { EnvironmentName } from '../platform-schema.ts'
import type { ValueSources } from '../release-values.ts'

/** The sample service of one environment: its autoscaler follows the environment's documented thresholds, its data store is there when the environment has one. */
export function sampleServiceValues({ platform, approval, dataStore }: Pick<ValueSources, 'platform' | 'approval' | 'dataStore'>, environment: EnvironmentName): Record<string, unknown> {
  const { minReplicas, maxReplicas, targetCpuPercent } = platform.environments[environment].hpa
  return {
    environment,
    domain: platform.domain,
    approval: { reference: approval },
    hpa: { minReplicas, maxReplicas, targetCpuPercent },
    dataStore: { enabled: dataStore !== undefined },
  }
}
