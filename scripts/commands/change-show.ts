import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const changeShow = defineVerb({
  name: 'change show',
  description: 'Print one apply with its plan, its approval and the way back, or one request with what it is about.',
  args: {
    id: { type: 'positional', required: true, description: 'Id of an apply or of a request; `npx plumbline change list` prints them.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args }) => {
    const { showChange } = await import('../operations/changes/session.ts')
    const { changeLines, requestLines } = await import('../operations/changes/tell.ts')
    const found = await showChange(args.id, { target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform })
    for (const line of 'change' in found ? changeLines(found.change) : requestLines(found.request)) console.line(line)
    console.document(found)
    return exitCodes.conformant
  },
})
