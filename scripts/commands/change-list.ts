import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

/** How many of the newest applies are listed. */
const most = 20

export const changeList = defineVerb({
  name: 'change list',
  description: 'List the requests for changes of the segmentation, and the newest applies with their approvals.',
  args: {
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args }) => {
    const { listChanges } = await import('../operations/changes/session.ts')
    const { changeLine, requestLine } = await import('../operations/changes/tell.ts')
    const found = await listChanges({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform }, most)
    console.line(found.requests.length === 0 ? 'Nobody has asked for a change of the segmentation.' : 'Requests:')
    for (const dossier of found.requests) console.line(`  ${requestLine(dossier)}`)
    console.line(found.changes.length === 0 ? 'Nothing was applied yet.' : 'Applies:')
    for (const change of found.changes) console.line(`  ${changeLine(change)}`)
    for (const why of found.untrusted) console.line(`Does not count: ${why}`)
    console.document(found)
    return exitCodes.conformant
  },
})
