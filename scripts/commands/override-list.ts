import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const overrideList = defineVerb({
  name: 'override list',
  description: 'List the overrides that are pending or open, with the time left. Exit code 1 when one is open after its end, 4 when one is open in part.',
  args: {
    all: { type: 'boolean', description: 'Those that are over too: expired, closed, or never approved.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { statusTable } = await import('../operations/overrides/status.ts')
    const { withOverrides } = await import('../operations/overrides/session.ts')
    const distrusted: string[] = []
    const rows = await withOverrides({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async ({ overrides }) =>
      overrides.list({ all: args.all === true, untrusted: (_, why) => distrusted.push(why) }))
    for (const line of statusTable(rows)) console.line(line)
    for (const why of distrusted) console.line(`Left out: ${why}`)
    console.document(rows)
    if (rows.some(({ state }) => state === 'overdue')) return exitCodes.violated
    return rows.some(({ state }) => state === 'incomplete') ? exitCodes.partial : exitCodes.conformant
  },
})
