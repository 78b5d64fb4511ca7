import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const changeApprove = defineVerb({
  name: 'change approve',
  description: 'Approve the change of the segmentation that somebody else asked for.',
  args: {
    id: { type: 'positional', required: true, description: 'Id of the request; `npx plumbline change list` prints them.' },
    as: { type: 'string', required: true, valueHint: 'NAME', description: 'Who approves: a person with the role approver whose key is on this machine.' },
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args }) => {
    const { approveChange } = await import('../operations/changes/session.ts')
    const { requestLines } = await import('../operations/changes/tell.ts')
    const dossier = await approveChange(args.id, { target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, as: args.as })
    for (const line of requestLines(dossier)) console.line(line)
    console.line(`Bring it: npx plumbline provision --approval ${args.id}`)
    console.document(dossier)
    return exitCodes.conformant
  },
})
