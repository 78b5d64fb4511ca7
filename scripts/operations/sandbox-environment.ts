import type { SandboxConnection } from '../../fixtures/sandbox/connection.ts'

/** What makes the ordinary tools (terraform, kubectl, aws, psql) talk to a running sandbox. Database names and roles come with the platform. */
export function sandboxEnvironment(connection: SandboxConnection): Record<string, string> {
  const { caFile, linode, objectStorage, postgres, kubernetes, terraform } = connection
  return {
    LINODE_URL: linode.url,
    LINODE_TOKEN: linode.token,
    LINODE_OBJ_ACCESS_KEY: objectStorage.accessKey,
    LINODE_OBJ_SECRET_KEY: objectStorage.secretKey,
    AWS_ACCESS_KEY_ID: objectStorage.accessKey,
    AWS_SECRET_ACCESS_KEY: objectStorage.secretKey,
    AWS_REGION: objectStorage.region,
    AWS_ENDPOINT_URL_S3: objectStorage.endpoint,
    AWS_CA_BUNDLE: caFile,
    PGHOST: postgres.host,
    PGPORT: String(postgres.port),
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: caFile,
    KUBECONFIG: kubernetes.kubeconfig,
    TF_CLI_CONFIG_FILE: terraform.cliConfig,
    CHECKPOINT_DISABLE: '1',
    SSL_CERT_FILE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
  }
}

/** `export NAME='value'` lines for a POSIX shell. */
export function shellExports(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
}
