import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const up = defineVerb({
  name: 'up',
  description: 'Start the sandbox: a three-node Kubernetes cluster with the Linode API, object storage and PostgreSQL around it.',
  args: {},
  run: async ({ console, signal }) => {
    const { up: start } = await import('../../fixtures/sandbox/sandbox.ts')
    const connection = await start({ report: console.report, signal })
    const endpoints = {
      kubernetes: connection.kubernetes.server,
      linode: connection.linode.url,
      objectStorage: connection.objectStorage.endpoint,
      postgres: `${connection.postgres.host}:${String(connection.postgres.port)}`,
    }
    console.line('The sandbox is up.')
    console.line(`  Kubernetes      ${endpoints.kubernetes}`)
    console.line(`  Linode API      ${endpoints.linode}`)
    console.line(`  object storage  ${endpoints.objectStorage}`)
    console.line(`  PostgreSQL      ${endpoints.postgres}`)
    console.line('Next: `npx plumbline provision`; `eval "$(npx plumbline env)"` points kubectl, terraform, aws and psql at it; `npx plumbline down` ends it.')
    console.document({ ready: true, supervisorPid: connection.supervisorPid, startedAt: connection.startedAt, endpoints })
    return exitCodes.conformant
  },
})
