import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const overrideClose = defineVerb({
  name: 'override close',
  description: 'End an override before its time. New connections are refused at once; established ones go on until they end.',
  args: {
    id: { type: 'positional', required: true, description: 'Id of the override; `npx plumbline override list` shows it.' },
    as: { type: 'string', required: true, valueHint: 'NAME', description: 'Who closes it; their key signs the record of it.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { withOverrides } = await import('../operations/overrides/session.ts')
    const closed = await withOverrides({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async ({ overrides, signer }) =>
      overrides.close(args.id.toUpperCase(), await signer(args.as)))
    console.line(`Override ${closed.id} from ${closed.from} to ${closed.to} is closed. Connections that are open already go on until they end.`)
    console.document(closed)
    return exitCodes.conformant
  },
})
