import { capacity } from '../intent/capacity.ts'
import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { documentedThresholds, readAutoscalers, readAutoscalingDefaults } from '../lib/platform/autoscaling.ts'
import { readQuotas } from '../lib/platform/environments.ts'

test(
  'the autoscaling thresholds that teams are told are those of each environment, and its quota admits 30 services at their largest',
  { tags: ['NFR-008'] },
  async ({ platform, evidence }) => {
    const documented = await documentedThresholds()
    const environments = await Promise.all(environmentNames.map(async (environment) => ({
      environment,
      configured: await readAutoscalingDefaults(platform, environment),
      autoscalers: await readAutoscalers(platform, environment),
      pods: (await readQuotas(platform, environment)).map(({ hard }) => hard['pods']),
    })))
    evidence.observe('autoscaling thresholds: specified, documented, and configured by environment', { specified: capacity.autoscaling, documented, environments })

    expect(documented, 'thresholds in docs/platform/capacity.md').toEqual(capacity.autoscaling)
    for (const { environment, configured, autoscalers, pods } of environments) {
      expect(configured, `thresholds of ${environment}`).toEqual(capacity.autoscaling)
      expect(autoscalers.filter(({ target }) => target !== capacity.autoscaling.targetCPUUtilizationPercentage).map(({ name, target }) => `expected the autoscaler ${environment}/${name} to aim at ${capacity.autoscaling.targetCPUUtilizationPercentage} % of the requested CPU, but it aims at ${target ?? 'nothing'}`)).toBeFaultless()
      expect(Math.min(...pods.map(Number)), `pods that the quota of ${environment} admits`).toBeGreaterThanOrEqual(capacity.services * capacity.autoscaling.maxReplicas)
    }
  },
)
