import { objectives } from '../intent/objectives.ts'
import { promptness } from '../intent/promptness.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { auditRecordsAfter, escalationAlert, logAlerts, unheardEscalation, verifierName } from '../lib/platform/audit.ts'
import { escalate, look } from '../lib/platform/audit-requests.ts'
import { alertsOn } from '../lib/platform/alerts.ts'
import { channelOn } from '../lib/platform/channel.ts'
import { lostAlert } from '../lib/platform/routing.ts'

test(
  'the alert about an attempted escalation is in the platform channel within 300 seconds and says who, what and where',
  { tags: ['US-003.4'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    // Who evaluates and who sends must answer, and know what to do: else there is nothing to wait for.
    const rules = await logAlerts(platform)
    const wish = await unheardEscalation(platform)
    const lost = lostAlert(await alertsOn(platform).routing(), { alertname: escalationAlert, environment: wish.environment, severity: 'critical' })
    await channelOn(platform).messages(new Date())
    evidence.observe('alerts that are evaluated on the log store, and where the alert of this attempt goes', { rules, wish, lost: lost ?? 'to the platform channel' })
    expect(rules, 'alerts that are evaluated on the log store').toContain(escalationAlert)
    expect(lost === undefined ? [] : [`expected ${escalationAlert} in ${wish.environment} to reach the platform channel, but ${lost}`]).toBeFaultless()

    const attempt = await escalate(platform, wish, `alerted-${run.label}`)
    const control = await look(platform, wish.environment, `control-alerted-${run.label}`)
    const records = await auditRecordsAfter(platform, attempt.mark, control.mark)
    const told = [escalationAlert, verifierName, `${wish.verb} ${wish.resource}`, wish.environment]
    const { value: message } = await converge(
      async () => (await channelOn(platform).messages(attempt.sent)).find(({ text }) => told.every((part) => text.includes(part))),
      budgets.escalationAlert,
      { consecutive: 1, every: 1000, until: (found) => found !== undefined },
    )
    evidence.observe('the attempt, its records in the log store, and the message in the platform channel', { attempt, records, message })

    expect(attempt.attempt).toBeDenied({ control: control.attempt })
    expect(message?.text, `a message in the platform channel that says ${told.join(', ')}`).toBeDefined()
    const measured = promptness({ from: attempt.sent, to: new Date(message?.at ?? NaN), atMost: objectives.escalationAlert })
    evidence.timing('from the refused request to the message in the platform channel', { ...measured })
    expect(measured.seconds, 'seconds from the refused request to the message in the platform channel').toBeLessThanOrEqual(measured.atMost)
  },
)
