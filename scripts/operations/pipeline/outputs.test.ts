import { expect, test } from 'vitest'
import { isLoopback, kubeconfigOf, parseOutputs } from './outputs.ts'

const values = {
  cluster: { id: 100001, label: 'plumbline', region: 'us-east', tier: 'enterprise', kubernetes_version: 'v1.35.4+lke1', api_endpoints: ['https://127.0.0.1:6443'], status: 'ready' },
  kubeconfig: Buffer.from('kind: Config\n').toString('base64'),
  environments: { staging: { namespace: 'staging', purpose: 'nonproduction' } },
  pools: { system: { id: 7, type: 'g6-standard-4', count: 1 } },
  firewall: { id: 3, label: 'plumbline-nodes' },
  state: { bucket: 's', region: 'us-east', endpoint: 'https://o', key: 'k', keep_versions: 30 },
  audit: { bucket: 'a', region: 'us-east', endpoint: 'https://o', retention_days: 90 },
  secrets: { bucket: 'plumbline-secrets', region: 'us-east', endpoint: 'https://127.0.0.1:17070' },
  audit_reader_key: { access_key: 'AR', secret_key: 'SR' },
  object_storage_key: { access_key: 'AK', secret_key: 'SK' },
  database: { id: 5, host: '10.99.0.50', port: 5432, engine: 'postgresql/15', ca_certificate: 'eA==' },
  database_admin: { username: 'u', password: 'p' },
}
const printed = (outputs: object) => JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { sensitive: false, type: 'dynamic', value: value as unknown }])))

test('what terraform printed is read, numbers of Linode as text, further outputs as they are', () => {
  const outputs = parseOutputs(printed({ ...values, extra: 1 }))
  expect(outputs.cluster.id).toBe('100001')
  expect(outputs.pools['system']).toEqual({ id: '7', type: 'g6-standard-4', count: 1 })
  expect(outputs['extra']).toBe(1)
  expect(kubeconfigOf(outputs)).toBe('kind: Config\n')
})

test('an empty state says that nothing is provisioned', () => {
  expect(() => parseOutputs('{}')).toThrow('The Terraform state has no outputs: nothing is provisioned yet. Run `npx plumbline provision`.')
})

test('a misshapen output is named, its value is not', () => {
  const broken = printed({ ...values, database_admin: { username: 'u', password: ['hunter2'] } })
  const sentence = 'The Terraform output database_admin.password is missing or has another shape than expected'
  expect(() => parseOutputs(broken)).toThrow(sentence)
  expect(() => parseOutputs(broken)).not.toThrow('hunter2')
})

test.each([['127.0.0.1', true], ['127.3.2.1', true], ['::1', true], ['localhost', true], ['10.99.0.50', false], ['127.example.com', false]])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
