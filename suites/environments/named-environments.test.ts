import { environmentLabel, environmentNames, namespaceLabels } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { readNamespaces } from '../lib/platform/environments.ts'

test(
  'development, staging, production and system exist under these names, labelled as environments, and there is no other',
  { tags: ['SC-001', 'FR-001', 'US-001.1'] },
  async ({ platform, evidence }) => {
    const namespaces = (await readNamespaces(platform)).filter(({ ofVerifier }) => !ofVerifier)
    const named = Object.entries(platform.outputs.environments).map(([name, { namespace }]) => `${name} in namespace ${namespace}`)
    const labelled = namespaces.filter(({ labels }) => labels[environmentLabel] !== undefined).map(({ name }) => name)
    evidence.observe('namespaces that are labelled as environments, and what the Terraform outputs name', {
      namespaces: namespaces.filter(({ name }) => environmentNames.some((environment) => environment === name) || labelled.includes(name)),
      outputs: named,
    })

    const faults = environmentNames.flatMap((environment) => {
      const found = namespaces.find(({ name }) => name === environment)
      if (found === undefined) return [`expected the environment ${environment} to exist, but the cluster has no namespace of that name; run "plumbline provision"`]
      const wrong = Object.entries(namespaceLabels(environment)).filter(([name, value]) => found.labels[name] !== value)
        .map(([name, value]) => `expected namespace ${environment} to carry the label ${name}=${value}, but it has ${found.labels[name] ?? 'none'}`)
      return found.active ? wrong : [...wrong, `expected namespace ${environment} to be active, but it is ending`]
    })
    const strangers = labelled.filter((name) => !environmentNames.some((environment) => environment === name))
    expect([...faults, ...strangers.map((name) => `expected no environment but the four, but namespace ${name} is labelled as one`)]).toBeFaultless()
    expect(named.toSorted(), 'environments in the Terraform outputs').toEqual(environmentNames.map((name) => `${name} in namespace ${name}`).toSorted())
  },
)
