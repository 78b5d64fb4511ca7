import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const accessList = defineVerb({
  name: 'access list',
  description: 'Say who has access to what until when, remove what is over, and name break-glass that is still open.',
  args: {
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { openAccess } = await import('../operations/access/session.ts')
    const { listAccess } = await import('../operations/access/list.ts')
    const { issued, removed, breakGlass } = await listAccess(await openAccess({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }))
    for (const one of issued) console.line(`${one.person}  ${one.environment}  ${one.profile}  until ${one.expiresAt}, issued by ${one.issuedBy}`)
    if (issued.length === 0) console.line('Nobody has access.')
    for (const one of removed) console.line(`Removed: ${one.person} ${one.environment} ${one.profile}, which ended at ${one.expiresAt}.`)
    for (const { request, openedAt } of breakGlass) console.line(`Break-glass ${request} is open since ${openedAt}: close it with \`npx plumbline access break-glass close ${request} --as NAME\`.`)
    console.document({ issued, removed, breakGlass })
    return exitCodes.conformant
  },
})
