import { drills } from '../intent/drills.ts'
import { objectives } from '../intent/objectives.ts'
import { promptness } from '../intent/promptness.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { auditRecordsAfter, escalationAlert, logAlerts, unheardEscalation, verifierName } from '../lib/platform/audit.ts'
import { escalate, look, type MarkedRequest } from '../lib/platform/audit-requests.ts'
import { channelOn, type ChannelMessage } from '../lib/platform/channel.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'an attempted escalation is in the platform channel within 300 seconds with who, what and where, and the runbook that the message is about leads to the records of it',
  { tags: ['US-003.4'], meta: { profile: 'gameday' } },
  async ({ platform, run, drill }) => {
    const faults: string[] = []
    const made: { attempt: MarkedRequest, control: MarkedRequest }[] = []
    const log = await drill.run(drills.escalationAlerted, async ({ step, follow, observe }) => {
      const rules = await step('somebody evaluates the alerts on the log store', { counts: false }, () => logAlerts(platform))
      const wish = await unheardEscalation(platform)
      if (!rules.includes(escalationAlert)) faults.push(`expected ${escalationAlert} among the alerts that are evaluated on the log store, but they are ${rules.join(', ')}`)

      const attempt = await step(`somebody who may not asks to ${wish.verb} ${wish.resource} in ${wish.environment}`, {}, () => escalate(platform, wish, `drilled-${run.label}`))
      const control = await look(platform, wish.environment, `control-drilled-${run.label}`)
      made.push({ attempt, control })
      const told = [escalationAlert, verifierName, `${wish.verb} ${wish.resource}`, wish.environment]
      const message = await step('the platform channel is told', { atMost: objectives.escalationAlert }, () => messageWith(told, () => channelOn(platform).messages(attempt.sent)))
      if (message === undefined) faults.push(`expected a message in the platform channel that says ${told.join(', ')}, but none came within ${String(budgets.escalationAlert.milliseconds / 1000)} s`)
      else {
        const { seconds, atMost } = promptness({ from: attempt.sent, to: new Date(message.at), atMost: objectives.escalationAlert })
        if (seconds > atMost) faults.push(`expected the message about ${wish.verb} ${wish.resource} in ${wish.environment} within ${String(atMost)} s, but it came after ${seconds.toFixed(0)} s`)
      }
      const records = await step('the access log has it', { counts: false }, () => auditRecordsAfter(platform, attempt.mark, control.mark))
      if (!records.some((one) => one['user.username'] === verifierName && one['verb'] === wish.verb && one['objectRef.resource'] === wish.resource)) faults.push(`expected the access log to say that ${verifierName} asked to ${wish.verb} ${wish.resource}, but it has ${String(records.length)} records of it`)
      observe('the attempt, the message, and its records in the access log', { wish, attempt: attempt.attempt, sent: attempt.sent.toISOString(), message: message ?? null, records })

      await follow({ WHO: verifierName, WHERE: wish.environment, VERB: wish.verb, RESOURCE: wish.resource }, { counts: false })
    })

    for (const { attempt, control } of made) expect(attempt.attempt).toBeDenied({ control: control.attempt })
    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

async function messageWith(told: readonly string[], messages: () => Promise<readonly ChannelMessage[]>): Promise<ChannelMessage | undefined> {
  const find = async (): Promise<ChannelMessage | undefined> => (await messages()).find(({ text }) => told.every((part) => text.includes(part)))
  return (await converge(find, budgets.escalationAlert, { consecutive: 1, every: 1000, until: (found) => found !== undefined })).value
}
