import { expect, test } from '../lib/case.ts'
import { readThresholds, thresholdFaults } from '../lib/platform/thresholds.ts'

test(
  'the alert thresholds that are configured for each environment are the documented ones, and each is what its alert asks',
  { tags: ['SC-006', 'FR-008'] },
  async ({ platform, evidence }) => {
    const { configured, rules } = await readThresholds(platform)
    evidence.observe('thresholds as Prometheus evaluates them, and the rules of the alerts', { configured, rules })

    expect(thresholdFaults(configured, rules)).toBeFaultless()
  },
)
