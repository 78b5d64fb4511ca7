import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const status = defineVerb({
  name: 'status',
  description: 'Say whether the sandbox is up, and how its nodes are.',
  args: {},
  run: async ({ console }) => {
    const { status: observe } = await import('../../fixtures/sandbox/sandbox.ts')
    const seen = await observe()
    if (seen.supervisorPid === undefined) console.line('The sandbox is down. `npx plumbline up` starts it.')
    else {
      console.line(`The sandbox is ${seen.ready ? 'ready' : 'up, but not ready'} (supervisor ${String(seen.supervisorPid)}, since ${seen.startedAt ?? 'an unknown time'}).`)
      for (const node of seen.nodes) console.line(`  ${node.name}  ${node.ready ? 'Ready' : 'not ready'}${node.pool === undefined ? '' : `  ${node.pool}`}`)
    }
    console.document(seen)
    return exitCodes.conformant
  },
})
