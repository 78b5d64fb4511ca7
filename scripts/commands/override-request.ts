import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const overrideRequest = defineVerb({
  name: 'override request',
  description: 'Ask for a temporary way from one environment to another. It opens nothing: somebody else has to approve it.',
  args: {
    from: { type: 'string', required: true, valueHint: 'ENVIRONMENT', description: 'Where the traffic comes from.' },
    to: { type: 'string', required: true, valueHint: 'ENVIRONMENT', description: 'Where it goes to.' },
    port: { type: 'string', required: true, valueHint: 'N', description: 'Port of the target pods.' },
    protocol: { type: 'string', default: 'TCP', valueHint: 'TCP|UDP', description: 'TCP or UDP.' },
    'from-pods': { type: 'string', valueHint: 'K=V', description: 'Only pods with this label (several with commas between them); without it, every pod of the source.' },
    'to-pods': { type: 'string', valueHint: 'K=V', description: 'Only pods with this label (several with commas between them); without it, every pod of the target.' },
    minutes: { type: 'string', required: true, valueHint: 'N', description: 'How long it stays open from its approval, 1 to 480.' },
    reason: { type: 'string', required: true, valueHint: 'TEXT', description: 'Why, for the approver and for the record.' },
    as: { type: 'string', required: true, valueHint: 'NAME', description: 'Who asks; their key signs the request.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { describe, overrideOf } = await import('../operations/overrides/cells.ts')
    // A mistyped option is said before anything is looked at.
    const override = overrideOf({ ...args, fromPods: args['from-pods'], toPods: args['to-pods'] })
    const { withOverrides } = await import('../operations/overrides/session.ts')
    const request = await withOverrides({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async ({ overrides, signer }) =>
      overrides.request(override, args.reason, await signer(args.as)))
    console.line(`Request ${request.id} would open exactly this:`)
    for (const line of describe(override)) console.line(`  ${line}`)
    console.line(`Nothing is open yet. Somebody else with the role approver runs: npx plumbline override approve ${request.id} --as NAME`)
    console.document({ id: request.id, ...override, reason: request.reason, author: request.author, opens: describe(override), approveBefore: request.expiresAt })
    return exitCodes.conformant
  },
})
