import { environmentNames, type EnvironmentName } from './environments.ts'

/** What an environment is alerted about (SC-006, FR-008): a measure, and the value beyond which the platform channel is told. */
export interface AlertThreshold {
  alert: string
  /** The series that the alert watches; it carries the label `environment`. */
  measure: string
  direction: 'above' | 'below'
  /** In the unit of the measure: shares of one, seconds. */
  values: Readonly<Record<EnvironmentName, number>>
}

/** The same for every environment. */
function everywhere(value: number): Record<EnvironmentName, number> {
  return { development: value, staging: value, production: value, system: value }
}

/** The thresholds that docs/platform/observability.md promises. Written here once more, so that a change of the configuration alone is found. */
export const alertThresholds = [
  { alert: 'EnvironmentCpuHigh', measure: 'environment:cpu_of_limit:max', direction: 'above', values: everywhere(0.75) },
  { alert: 'EnvironmentMemoryHigh', measure: 'environment:memory_of_limit:max', direction: 'above', values: everywhere(0.9) },
  { alert: 'EnvironmentPodsUnhealthy', measure: 'environment:pods_ready:ratio', direction: 'below', values: everywhere(0.9) },
  { alert: 'EnvironmentRequestsFailing', measure: 'environment:ingress_success:ratio1m', direction: 'below', values: everywhere(0.99) },
  { alert: 'EnvironmentIngressSlow', measure: 'environment:ingress_latency_seconds:p95', direction: 'above', values: everywhere(0.5) },
] as const satisfies readonly AlertThreshold[]
export type ThresholdAlert = (typeof alertThresholds)[number]['alert']

/** Alerts without a threshold of their own: something is there or it is not. */
export const stateAlerts = ['ControlPlaneUnavailable', 'ProbesMissing', 'OverrideKeeperBlind'] as const

/** Every alert of the platform's metrics, each of which needs a runbook. */
export const alertNames: readonly string[] = [...alertThresholds.map(({ alert }) => alert), ...stateAlerts]

/** Each threshold of each environment. */
export const environmentThresholds = environmentNames.flatMap((environment) => alertThresholds.map(({ alert, measure, direction, values }) =>
  ({ environment, alert, measure, direction, value: values[environment] })))
export type EnvironmentThreshold = (typeof environmentThresholds)[number]

/** True when a value is beyond a threshold, so that the alert is due. */
export function isBeyond({ direction, value: threshold }: Pick<EnvironmentThreshold, 'direction' | 'value'>, value: number): boolean {
  return direction === 'above' ? value > threshold : value < threshold
}
