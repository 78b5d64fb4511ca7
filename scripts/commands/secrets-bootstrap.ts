import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const secretsBootstrap = defineVerb({
  name: 'secrets bootstrap',
  description: 'Make the platform\'s secrets that are missing, keep them encrypted in the secrets bucket, and deliver what the cluster lacks. Changes nothing when all is there.',
  args: {
    'target': { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    'platform': { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
    'replace-unreadable': { type: 'boolean', description: 'After the loss of the age identity: make every secret anew that the identity at hand does not open.' },
  },
  run: async ({ console, args, signal }) => {
    const { withSession } = await import('../operations/secrets/session.ts')
    const { bootstrapSecrets } = await import('../operations/secrets/bootstrap.ts')
    const result = await withSession({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async (session) =>
      bootstrapSecrets({ ...session, replaceUnreadable: args['replace-unreadable'] === true, report: console.report, signal }))
    const { generated, delivered, finished, skipped } = result
    for (const { id, why } of generated) console.line(`+ ${id}: ${why}`)
    for (const id of delivered) console.line(`→ ${id}: delivered`)
    for (const id of finished) console.line(`✔ ${id}: an interrupted rotation is finished`)
    for (const { id, why } of skipped) console.line(`- ${id}: ${why}`)
    console.line(`${String(generated.length)} secrets generated, ${String(delivered.length)} delivered, ${String(skipped.length)} without a value.`)
    console.document({ generated, delivered, finished, skipped })
    return skipped.length > 0 ? exitCodes.partial : exitCodes.conformant
  },
})
