import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { loadPlatform } from './platform-file.ts'
import type { ValueSources } from './release-values.ts'

/** Where the values of releases come from on an installation like the shipped one. Nothing in it is secret. */
export const sources: ValueSources = {
  platform: await loadPlatform(join(repository, 'terraform/platform.yaml')),
  outputs: {
    cluster: { id: '1', label: 'plumbline', region: 'us-east', tier: 'enterprise', kubernetes_version: 'v1.35.4+lke1', api_endpoints: ['https://127.0.0.1:17443'], status: 'ready' },
    kubeconfig: 'e30=',
    environments: {},
    pools: {},
    firewall: { id: '1', label: 'plumbline' },
    state: { bucket: 'plumbline-state', region: 'us-east', endpoint: 'https://127.0.0.1:17070', key: 'platform/terraform.tfstate', keep_versions: 30 },
    audit: { bucket: 'plumbline-audit', region: 'us-east', endpoint: 'https://127.0.0.1:17070', retention_days: 90 },
    secrets: { bucket: 'plumbline-secrets', region: 'us-east', endpoint: 'https://127.0.0.1:17070' },
    object_storage_key: { access_key: 'reader', secret_key: 'example' },
    audit_reader_key: { access_key: 'reader', secret_key: 'example' },
    database: { id: '1', host: '10.99.0.50', port: 5432, engine: 'postgresql', ca_certificate: '' },
    database_admin: { username: 'admin', password: 'example' },
  },
  approval: 'CHG-1',
  dataStore: { host: '10.99.0.50', addresses: ['10.99.0.50'], port: 5432 },
  controlPlane: { addresses: ['10.99.0.1'], port: 6443 },
  endpoints: {
    objectStorage: { host: '10.99.0.60', addresses: ['10.99.0.60'], port: 7070, url: 'https://10.99.0.60:7070', region: 'us-east', ca: 'PEM of the store' },
    channel: { host: '10.99.0.1', addresses: ['10.99.0.1'], port: 8090 },
    outsideProbers: ['10.99.0.1:9313'],
  },
  authority: 'PEM of the platform',
}
