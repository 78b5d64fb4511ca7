/** Terraform outputs for unit tests, of a platform whose API server and object store nobody listens for. */
export function outputsForTests(port = 61_999): Record<string, { value: unknown, sensitive?: boolean }> {
  const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: "https://127.0.0.1:${port}" } }]
users: [{ name: u, user: { token: "administrator-token" } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
`
  const place = { region: 'us-east', endpoint: `https://127.0.0.1:${port}` }
  return {
    cluster: { value: { id: 1, label: 'plumbline', region: 'us-east', tier: 'enterprise', kubernetes_version: 'v1.35.4+lke1', status: 'ready', api_endpoints: [] } },
    kubeconfig: { sensitive: true, value: Buffer.from(kubeconfig).toString('base64') },
    environments: { value: Object.fromEntries(['development', 'staging', 'production', 'system'].map((name) => [name, { namespace: name, purpose: 'x' }])) },
    state: { value: { ...place, bucket: 'plumbline-state', key: 'platform/terraform.tfstate', keep_versions: 30 } },
    audit: { value: { ...place, bucket: 'plumbline-audit', retention_days: 90 } },
    secrets: { value: { ...place, bucket: 'plumbline-secrets' } },
    database: { value: { id: 1, host: '10.99.0.50', port: 5432, engine: 'postgresql/15', ca_certificate: Buffer.from('authority').toString('base64') } },
    object_storage_key: { sensitive: true, value: { access_key: 'access-key-1', secret_key: 'secret-key-1' } },
  }
}
