import { environmentNames } from '../intent/environments.ts'
import { alertNames } from '../intent/thresholds.ts'
import { expect, test } from '../lib/case.ts'
import { alertsOn } from '../lib/platform/alerts.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { lostAlert } from '../lib/platform/routing.ts'

test(
  'Alertmanager has a receiver for the alerts of every environment, and no route ends with somebody who is not told',
  { tags: ['FR-008'] },
  async ({ platform, evidence }) => {
    const [routing, rules] = [await alertsOn(platform).routing(), await prometheusOn(platform).rules()]
    const alerts = environmentNames.flatMap((environment) => alertNames.map((alertname) =>
      ({ alertname, environment, severity: rules.find(({ name }) => name === alertname)?.labels['severity'] ?? 'unknown' })))
    const lost = alerts.map((labels) => ({ labels, why: lostAlert(routing, labels) }))
    evidence.observe('routes and receivers, and the alerts that reach nobody', { ...routing, lost: lost.filter(({ why }) => why !== undefined) })

    expect(lost.flatMap(({ labels, why }) => why === undefined ? [] : [`expected the alert ${labels.alertname} of ${labels.environment} to reach the platform channel, but ${why}`])).toBeFaultless()
  },
)
