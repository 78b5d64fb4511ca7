import { exitCodes } from '../../reports/model/verdict.ts'
import { environmentNames } from '../../suites/intent/environments.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const accessRevoke = defineVerb({
  name: 'access revoke',
  description: 'Take a person\'s access away at once, and show that the API server refuses their token.',
  args: {
    person: { type: 'string', valueHint: 'NAME', description: 'Whose access it is.' },
    environment: { type: 'string', valueHint: environmentNames.join('|'), description: 'Only this environment; all of them unless said.' },
    as: { type: 'string', valueHint: 'NAME', description: 'Who revokes it; the user of this machine unless said.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { environmentOf, personOf } = await import('../operations/access/profiles.ts')
    const person = personOf(args.person)
    const environment = args.environment === undefined ? undefined : environmentOf(args.environment)
    const { openAccess, whoActs } = await import('../operations/access/session.ts')
    const { removeExpired } = await import('../operations/access/expired.ts')
    const { revokeAccess } = await import('../operations/access/revoke.ts')
    const session = await openAccess({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal })
    const revoked = await revokeAccess(session, { person, environment, by: await whoActs(session, args.as) })
    await removeExpired(session)
    for (const one of revoked) {
      console.line(`${one.person} is no longer ${one.profile} of ${one.environment}.`)
      if (one.before === undefined) console.line('  The account was gone already; what was left of it is removed.')
      else console.line(`  Before: ${one.before.status} ${one.before.message}`)
      for (const { status, message, afterMs } of one.refusals) console.line(`  After ${(afterMs / 1000).toFixed(1)} s: ${status} ${message}`)
    }
    console.document(revoked)
    return exitCodes.conformant
  },
})
