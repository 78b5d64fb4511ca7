import { exitCodes } from '../../reports/model/verdict.ts'
import { accessProfiles, environmentNames } from '../../suites/intent/environments.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const accessIssue = defineVerb({
  name: 'access issue',
  description: 'Give a person a profile of one environment for some hours: a kubeconfig with a token that expires.',
  args: {
    environment: { type: 'string', valueHint: environmentNames.join('|'), description: 'The environment, and no other.' },
    profile: { type: 'string', valueHint: accessProfiles.join('|'), description: 'What they may do there.' },
    person: { type: 'string', valueHint: 'NAME', description: 'Whose access it is: lower-case letters, digits and hyphens.' },
    hours: { type: 'string', valueHint: 'N', description: 'When it ends by itself; 8 unless said, 12 at most.' },
    output: { type: 'string', valueHint: 'FILE', description: 'Where the kubeconfig is written (mode 600); a place in the cache unless said.' },
    as: { type: 'string', valueHint: 'NAME', description: 'Who issues it; the user of this machine unless said.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { grantOf, lifetimeOf } = await import('../operations/access/profiles.ts')
    // A mistyped name is said before anything else is looked at.
    const grant = grantOf(args)
    const seconds = lifetimeOf(args.hours)
    const { openAccess, whoActs } = await import('../operations/access/session.ts')
    const { issueAccess } = await import('../operations/access/issue.ts')
    const session = await openAccess({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal })
    const { issuedBy, ...issued } = await issueAccess(session, { grant, seconds, by: await whoActs(session, args.as), output: args.output })
    console.line(issued.kubeconfig)
    console.note(`${issued.person} is ${issued.profile} of ${issued.environment} until ${issued.expiresAt}, issued by ${issuedBy}. Hand over the file in private; \`npx plumbline access revoke --person ${issued.person}\` ends it sooner.`)
    console.document(issued)
    return exitCodes.conformant
  },
})
