import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const overrideApprove = defineVerb({
  name: 'override approve',
  description: 'Approve somebody else\'s request for an override, which opens it at once. It ends by itself.',
  args: {
    id: { type: 'positional', required: true, description: 'Id of the request; `npx plumbline override list` shows it.' },
    as: { type: 'string', required: true, valueHint: 'NAME', description: 'Who approves; their key signs the approval.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { describe } = await import('../operations/overrides/cells.ts')
    const { withOverrides } = await import('../operations/overrides/session.ts')
    const opened = await withOverrides({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async ({ overrides, signer }) =>
      overrides.approve(args.id.toUpperCase(), await signer(args.as)))
    console.line(`Override ${opened.id} is ${opened.state} until ${opened.expiresAt ?? 'nobody knows when'}:`)
    for (const line of describe(opened)) console.line(`  ${line}`)
    console.line(`It ends by itself; to end it earlier: npx plumbline override close ${opened.id} --as NAME`)
    console.document(opened)
    return opened.state === 'active' ? exitCodes.conformant : exitCodes.partial
  },
})
