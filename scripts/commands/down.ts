import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const down = defineVerb({
  name: 'down',
  description: 'End the sandbox and remove everything of it; built tools and images stay cached.',
  args: {},
  run: async ({ console }) => {
    const { down: end } = await import('../../fixtures/sandbox/sandbox.ts')
    await end({ report: console.report })
    console.line('The sandbox is down; nothing of it is left running.')
    console.document({ ready: false })
    return exitCodes.conformant
  },
})
