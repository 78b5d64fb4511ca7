import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const changeRequest = defineVerb({
  name: 'change request',
  description: 'Ask for approval of the change of the segmentation that provision would bring now; nothing is applied.',
  args: {
    as: { type: 'string', required: true, valueHint: 'NAME', description: 'Who asks: a person of the installation whose key is on this machine.' },
    reason: { type: 'string', required: true, valueHint: 'REASON', description: 'Why, for whoever approves and for the audit.' },
    minutes: { type: 'string', default: '1440', valueHint: 'MINUTES', description: 'How long the request and its approval count.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    if (!/^[1-9]\d{0,4}$/.test(args.minutes)) throw new UsageFailure(`${JSON.stringify(args.minutes)} was given as --minutes: expected a whole number from 1 to 99999.`)
    const { requestChange } = await import('../operations/changes/session.ts')
    const request = await requestChange({
      target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, as: args.as, reason: args.reason, minutes: Number(args.minutes), report: console.report, signal,
    })
    for (const line of request.description) console.line(line)
    console.line(`Request ${request.id} counts until ${request.expiresAt}. Somebody else with the role approver: npx plumbline change approve ${request.id} --as NAME`)
    console.document(request)
    return exitCodes.conformant
  },
})
