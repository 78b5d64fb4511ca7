import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

const as = { type: 'string', valueHint: 'NAME', description: 'Who you are: a person of the installation whose key is on this machine.' } as const
const target = { type: 'enum', options: ['sandbox', 'lke'] as ('sandbox' | 'lke')[], default: 'sandbox', description: 'Which platform.' } as const
const platform = { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' } as const
const id = { type: 'positional', required: true, description: 'The id that `access break-glass request` printed' } as const

interface Place { target: string, platform?: string | undefined }

async function sessionFor(place: Place, signal: AbortSignal) {
  const { openAccess } = await import('../operations/access/session.ts')
  return openAccess({ target: oneOf(place.target, ['sandbox', 'lke']), platformFile: place.platform, signal })
}

function needed(option: string, value: string | undefined, what: string): string {
  if (value !== undefined) return value
  throw new UsageFailure(`No --${option} was given: expected ${what}.`)
}

const name = 'the name of a person of the installation, such as --as sre-one'

export const breakGlassRequest = defineVerb({
  name: 'access break-glass request',
  description: 'Ask for the administrator\'s kubeconfig; two other platform SREs have to approve.',
  args: { reason: { type: 'string', valueHint: 'TEXT', description: 'Why, for those who approve and for the record.' }, as, target, platform },
  run: async ({ console, args, signal }) => {
    const reason = needed('reason', args.reason, 'why the administrator\'s kubeconfig is needed')
    const who = needed('as', args.as, name)
    const { requestBreakGlass } = await import('../operations/break-glass/request.ts')
    const request = await requestBreakGlass(await sessionFor(args, signal), { reason, as: who })
    console.line(request.id)
    console.note(`Two others approve it until ${request.expiresAt}, each with: npx plumbline access break-glass approve ${request.id} --as NAME`)
    console.document({ id: request.id, author: request.author, reason, expiresAt: request.expiresAt })
    return exitCodes.conformant
  },
})

export const breakGlassApprove = defineVerb({
  name: 'access break-glass approve',
  description: 'Approve somebody else\'s request for the administrator\'s kubeconfig.',
  args: { id, as, target, platform },
  run: async ({ console, args, signal }) => {
    const who = needed('as', args.as, name)
    const { approveBreakGlass, approvalsNeeded } = await import('../operations/break-glass/request.ts')
    const { request, approvals } = await approveBreakGlass(await sessionFor(args, signal), { id: args.id, as: who })
    const approvers = [...new Set(approvals.map(({ approver }) => approver))]
    console.line(`${request.author}: ${request.reason}`)
    console.line(`${approvers.length} of ${approvalsNeeded} approvals: ${approvers.join(', ')}.`)
    console.document({ id: request.id, author: request.author, approvers, needed: approvalsNeeded })
    return exitCodes.conformant
  },
})

export const breakGlassOpen = defineVerb({
  name: 'access break-glass open',
  description: 'Take out the administrator\'s kubeconfig for a request that two others approved. Close it when you are done.',
  args: {
    id,
    as,
    output: { type: 'string', valueHint: 'FILE', description: 'Where the kubeconfig is written (mode 600); a place in the cache unless said.' },
    check: { type: 'boolean', description: 'Only say whether it may be opened; take nothing out.' },
    target,
    platform,
  },
  run: async ({ console, args, signal }) => {
    const who = needed('as', args.as, name)
    const { checkBreakGlass, openBreakGlass } = await import('../operations/break-glass/open.ts')
    const session = await sessionFor(args, signal)
    if (args.check === true) {
      const approvers = await checkBreakGlass(session, { id: args.id, as: who })
      console.line(`${args.id} may be opened by ${who}, approved by ${approvers.join(' and ')}.`)
      console.document({ id: args.id, approvers })
      return exitCodes.conformant
    }
    const opened = await openBreakGlass(session, { id: args.id, as: who, output: args.output })
    console.line(opened.kubeconfig)
    console.note(`Approved by ${opened.approvers.join(' and ')}. Close it before ${opened.closeBefore}: npx plumbline access break-glass close ${opened.id} --as ${who}`)
    console.document(opened)
    return exitCodes.conformant
  },
})

export const breakGlassClose = defineVerb({
  name: 'access break-glass close',
  description: 'Have the cluster\'s credentials made anew after a break-glass, and show that the old ones are refused.',
  args: { id, as, target, platform },
  run: async ({ console, args, signal }) => {
    const who = needed('as', args.as, name)
    const { closeBreakGlass } = await import('../operations/break-glass/close.ts')
    const phase = 'regenerate the administrator\'s kubeconfig'
    const session = await sessionFor(args, signal)
    console.report({ phase, state: 'started' })
    const closed = await closeBreakGlass(session, { id: args.id, as: who, signal })
    console.report({ phase, state: 'finished' })
    console.line(`${closed.id} is closed. The kubeconfig that was taken out:`)
    console.line(`  before: ${closed.before.status} ${closed.before.message}`)
    console.line(`  after ${(closed.refusal.afterMs / 1000).toFixed(1)} s: ${closed.refusal.status} ${closed.refusal.message}`)
    console.line('The new one is in the Terraform outputs and, encrypted, in the secrets store.')
    console.document(closed)
    return exitCodes.conformant
  },
})
