import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const provision = defineVerb({
  name: 'provision',
  description: 'Make the platform what terraform/platform.yaml says: Terraform, then the Helm releases, then wait until all is in force.',
  args: {
    'target': { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Where to.' },
    'plan-only': { type: 'boolean', description: 'Only say what would change.' },
    'platform': { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
    'approval': { type: 'string', valueHint: 'ID', description: 'Id of the approved request, when the segmentation changes (`npx plumbline change request`); it is written onto every network policy.' },
  },
  run: async ({ console, args, signal }) => {
    const { provision: run } = await import('../operations/pipeline/provision.ts')
    const planOnly = args['plan-only'] === true
    const result = await run({
      target: oneOf(args.target, ['sandbox', 'lke']),
      planOnly,
      report: console.report,
      signal,
      ...(args.platform === undefined ? {} : { platformFile: args.platform }),
      ...(args.approval === undefined ? {} : { approval: args.approval }),
    })
    for (const line of result.description) console.line(line)
    if (!planOnly) {
      const seconds = ((result.event?.durationMs ?? 0) / 1000).toFixed(1)
      console.line(result.changed ? `The platform is provisioned (${seconds} s).` : `The platform was already as described (${seconds} s).`)
    }
    console.document(result)
    return exitCodes.conformant
  },
})
