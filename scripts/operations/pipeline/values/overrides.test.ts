import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { repository } from '../../../../fixtures/sandbox/paths.ts'
import { helm } from '../helm.ts'
import { objectsOf } from '../release-drift.ts'
import { overridesValues } from './overrides.ts'

const values = overridesValues({ approval: 'change-7', controlPlane: { addresses: ['10.99.0.1'], port: 6443 } })
const objects = async () => objectsOf((await helm({ records: 'kube-system' }).render('overrides', join(repository, 'terraform/charts/overrides'), values)).manifest)
const environments = ['development', 'production', 'staging', 'system']

test('the chart takes the values and makes exactly these objects', async () => {
  expect((await objects()).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`).toSorted()).toEqual([
    'Deployment overrides/override-keeper',
    'Namespace /overrides',
    ...['allow-api-server', 'allow-telemetry', 'default-deny'].map((name) => `NetworkPolicy overrides/${name}`),
    ...environments.slice(0, 1).map((name) => `Role ${name}/override-keeper`),
    ...environments.slice(1).map((name) => `Role ${name}/override-keeper`),
    'RoleBinding development/override-keeper',
    ...environments.slice(1).map((name) => `RoleBinding ${name}/override-keeper`),
    'ServiceAccount overrides/override-keeper',
  ])
})

test('the keeper lists, watches and deletes network policies of the environments, and has no other right', async () => {
  const rules = (await objects()).filter(({ kind, metadata }) => kind === 'Role' && metadata.name === 'override-keeper').map((role) => role['rules'])
  expect(rules).toEqual(environments.map(() => [{ apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['list', 'watch', 'delete'] }]))
})

test('it looks into every environment and is held to the bound of the guardrail', async () => {
  const deployment = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ args: z.array(z.string()) })) }) }) }) })
  const { spec: { template: { spec: { containers } } } } = deployment.parse((await objects()).find(({ kind }) => kind === 'Deployment'))
  expect(containers.map(({ args }) => args)).toEqual([['-namespaces=development,staging,production,system', '-longest=8h5m']])
})
