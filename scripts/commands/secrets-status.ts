import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const secretsStatus = defineVerb({
  name: 'secrets status',
  description: 'List the platform\'s secrets: owner, consumers, period, last rotation, age, and whether each is delivered. Exit code 4 when one is missing or overdue.',
  args: {
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { storeMetadata, withSession } = await import('../operations/secrets/session.ts')
    const { statusOf, statusTable } = await import('../operations/secrets/status.ts')
    const rows = await withSession({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async (session) =>
      statusOf(await storeMetadata(session).versions(), session.kubeconfig))
    for (const line of statusTable(rows)) console.line(line)
    console.document(rows)
    return rows.some(({ overdue, delivered, lastRotation }) => overdue || delivered === false || lastRotation === undefined) ? exitCodes.partial : exitCodes.conformant
  },
})
