import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const secretsRotate = defineVerb({
  name: 'secrets rotate',
  description: 'Give one secret a new value: stored, delivered, taken up by every consumer, and only then the old one is retired.',
  args: {
    environment: { type: 'positional', required: true, description: 'The environment, or the namespace, whose secret it is; `npx plumbline secrets status` lists them.' },
    name: { type: 'positional', required: true, description: 'Name of the secret.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { secretNamed } = await import('../operations/secrets/inventory.ts')
    // A mistyped name is said before anything else is looked at.
    const secret = secretNamed(args.environment, args.name)
    const { withSession } = await import('../operations/secrets/session.ts')
    const { rotateSecret } = await import('../operations/secrets/rotate.ts')
    const phase = `rotate ${args.environment}/${args.name}`
    console.report({ phase, state: 'started' })
    const rotation = await withSession({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal }, async (session) => rotateSecret(secret, { ...session, signal }))
    console.report({ phase, state: 'finished' })
    console.line(`${rotation.id} has a new value, version ${rotation.version}.`)
    for (const place of rotation.restarted) console.line(`  ${place} runs with it.`)
    for (const id of rotation.followed) console.line(`  ${id} was made anew with it.`)
    for (const version of rotation.retired) console.line(`  Version ${version} is retired.`)
    console.document(rotation)
    return exitCodes.conformant
  },
})
