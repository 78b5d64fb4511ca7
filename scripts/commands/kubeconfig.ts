import { exitCodes } from '../../reports/model/verdict.ts'
import { runningSandbox } from '../console/running-sandbox.ts'
import { defineVerb } from '../console/verb.ts'

export const kubeconfig = defineVerb({
  name: 'kubeconfig',
  description: 'Print the path of a kubeconfig for the sandbox, for KUBECONFIG or --kubeconfig.',
  args: {
    profile: { type: 'enum', options: ['operator'], default: 'operator', description: 'Whose kubeconfig; `operator` is the super-admin of the sandbox itself.' },
  },
  run: async ({ console, args }) => {
    const connection = await runningSandbox()
    console.line(connection.kubernetes.kubeconfig)
    console.document({ profile: args.profile, path: connection.kubernetes.kubeconfig, server: connection.kubernetes.server })
    return exitCodes.conformant
  },
})
