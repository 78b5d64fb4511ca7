import { alertThresholds, environmentThresholds, type EnvironmentThreshold } from '../../intent/thresholds.ts'
import type { Platform } from './platform.ts'
import { prometheusOn, type Rule } from './prometheus.ts'

export interface ConfiguredThreshold {
  alert: string
  environment: string
  value: number
}

/** The alert thresholds as Prometheus has them now, and the rules that alert. Rejects with IndeterminateError when it has none at all. */
export async function readThresholds(platform: Pick<Platform, 'cluster'>): Promise<{ configured: ConfiguredThreshold[], rules: Rule[] }> {
  const prometheus = prometheusOn(platform)
  const samples = await prometheus.sampled('environment:alert_threshold', 'the thresholds of the environments')
  return {
    configured: samples.map(({ labels, value }) => ({ alert: labels['alert'] ?? '', environment: labels['environment'] ?? '', value })),
    rules: (await prometheus.rules()).filter(({ type }) => type === 'alerting'),
  }
}

/** Sentences about thresholds that are not the documented ones, and about alerts that do not ask for theirs. */
export function thresholdFaults(configured: readonly ConfiguredThreshold[], rules: readonly Rule[]): string[] {
  return [...environmentThresholds.flatMap((threshold) => valueFault(threshold, configured) ?? []), ...alertThresholds.flatMap((threshold) => ruleFaults(threshold, rules.find(({ name }) => name === threshold.alert)))]
}

function valueFault({ alert, environment, value }: EnvironmentThreshold, configured: readonly ConfiguredThreshold[]): string | undefined {
  const own = configured.filter((one) => one.alert === alert && one.environment === environment).map((one) => one.value)
  // Shares and seconds are computed from percent and milliseconds.
  if (own.length === 1 && own.every((one) => Math.abs(one - value) < 1e-9)) return undefined
  return `expected the threshold of ${alert} in ${environment} to be ${value} as documented, but it is ${own.join(' and ') || 'not there'}`
}

function ruleFaults({ alert, measure, direction }: Pick<EnvironmentThreshold, 'alert' | 'measure' | 'direction'>, rule: Rule | undefined): string[] {
  if (rule === undefined) return [`expected an alert ${alert}, but Prometheus has no such rule`]
  const asks = [measure, `alert="${alert}"`, direction === 'above' ? ' > ' : ' < '].every((part) => rule.query.includes(part))
  return [
    ...asks ? [] : [`expected the alert ${alert} to fire when ${measure} is ${direction} the threshold of its environment, but its rule is ${rule.query}`],
    ...rule.health === 'ok' ? [] : [`expected the alert ${alert} to be evaluated, but its rule is ${rule.health}: ${rule.lastError}`],
  ]
}
