import { exitCodes } from '../../reports/model/verdict.ts'
import { runningSandbox } from '../console/running-sandbox.ts'
import { defineVerb } from '../console/verb.ts'

export const env = defineVerb({
  name: 'env',
  description: 'Print shell exports, so that kubectl, terraform, aws and psql work against the sandbox: eval "$(npx plumbline env)".',
  args: {},
  run: async ({ console }) => {
    const { sandboxEnvironment, shellExports } = await import('../operations/sandbox-environment.ts')
    const variables = sandboxEnvironment(await runningSandbox())
    for (const line of shellExports(variables)) console.line(line)
    console.document(variables)
    return exitCodes.conformant
  },
})
