import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

export const provision = defineVerb({
  name: 'provision',
  description: 'Make the platform what terraform/platform.yaml says: Terraform, then the Helm releases, then wait until all is in force.',
  args: {
    'target': { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Where to.' },
    'plan-only': { type: 'boolean', description: 'Only say what would change.' },
    'platform': { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
    'approval': { type: 'string', valueHint: 'ID', description: 'Id of the approved request, when the segmentation changes (`npx plumbline change request`); it is written onto every network policy.' },
    'nodes-within': { type: 'string', valueHint: 'SECONDS', description: 'How long an ordered machine may take to start before the region counts as full and the run is undone; 600 unless said, 1500 while the cluster itself is being made.' },
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
      ...(args['nodes-within'] === undefined ? {} : { nodesWithin: secondsIn(args['nodes-within']) }),
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

function secondsIn(text: string): number {
  const seconds = Number(text)
  if (Number.isInteger(seconds) && seconds > 0) return seconds
  throw new UsageFailure(`--nodes-within was ${JSON.stringify(text)}: expected a whole number of seconds above 0, such as 600.`)
}
