import { defineVerb, oneOf } from '../console/verb.ts'

export const drift = defineVerb({
  name: 'drift',
  description: 'Compare Terraform state, Linode, the buckets, the Helm releases and the cluster with the checkout, and name what differs, who did it and what puts it right. Reads only. Exit code 1 when something differs, 3 when a layer could not be looked at.',
  args: {
    target: { type: 'enum', options: ['sandbox', 'lke'], default: 'sandbox', description: 'Which platform.' },
    platform: { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' },
  },
  run: async ({ console, args, signal }) => {
    const { compareWithCheckout } = await import('../operations/drift/compare.ts')
    const { describeDrift, exitCodeOf } = await import('../operations/drift/description.ts')
    console.report({ phase: 'drift', state: 'started' })
    const report = await compareWithCheckout({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform, signal })
    console.report({ phase: 'drift', state: 'finished' })
    for (const line of describeDrift(report)) console.line(line)
    console.document(report)
    return exitCodeOf(report)
  },
})
