import { parse } from 'yaml'
import type { SandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import type { KnownSecret } from '../../../reports/redaction/scan.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import type { Outputs } from '../pipeline/outputs.ts'

/** Every value of a kubeconfig that lets somebody in: tokens, client keys, passwords. Throws nothing; a kubeconfig of another shape yields what it has. */
export function kubeconfigSecrets(yaml: string): KnownSecret[] {
  const config = parse(yaml) as { users?: { user?: Record<string, unknown> }[] } | null
  const users = config?.users ?? []
  return users.flatMap(({ user }) =>
    ['token', 'client-key-data', 'password'].flatMap((field) => {
      const value = user?.[field]
      return typeof value === 'string' ? [{ name: `kubeconfig ${field}`, value }] : []
    }),
  )
}

/** What must never be seen in evidence: everything secret in the Terraform outputs and, for the sandbox, in its connection. */
export function secretsOf(outputs: Outputs, connection: SandboxConnection | undefined, environment: Readonly<Record<string, string | undefined>>): KnownSecret[] {
  const kubeconfig = kubeconfigOf(outputs)
  const known: KnownSecret[] = [
    { name: 'kubeconfig', value: kubeconfig },
    { name: 'kubeconfig output', value: outputs.kubeconfig },
    ...kubeconfigSecrets(kubeconfig),
    { name: 'object storage secret key', value: outputs.object_storage_key.secret_key },
    { name: 'database password', value: outputs.database_admin.password },
    { name: 'linode token', value: connection?.linode.token ?? environment['LINODE_TOKEN'] ?? '' },
    { name: 'object storage root key', value: connection?.objectStorage.secretKey ?? environment['AWS_SECRET_ACCESS_KEY'] ?? '' },
  ]
  return known.filter(({ value }) => value !== '')
}
