import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb } from '../console/verb.ts'

export const peopleKey = defineVerb({
  name: 'people key',
  description: 'Make the signing key of a person on this machine, unless there is one, and print the entry for `people` in the platform file.',
  args: {
    name: { type: 'positional', required: true, description: 'Name of the person: lower-case letters, digits and hyphens.' },
  },
  run: async ({ console, args }) => {
    if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(args.name)) throw new UsageFailure(`${JSON.stringify(args.name)} was given: expected a name of lower-case letters, digits and hyphens.`)
    const { makeKey, peopleKeys } = await import('../operations/people/signer.ts')
    const key = await makeKey(args.name)
    console.line(`- { name: ${args.name}, roles: [engineer], key: ${key} }`)
    console.line(`The private half is ${peopleKeys}/${args.name}.pem; whoever holds it signs as ${args.name}. Have the entry reviewed by somebody else.`)
    console.document({ name: args.name, key })
    return exitCodes.conformant
  },
})
