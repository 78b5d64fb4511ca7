import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpoints, isEnvironment, lookalike, outsider, reachableLabel, wornBy, type Endpoint } from '../../intent/endpoints.ts'
import { environmentNames } from '../../intent/environments.ts'
import { intendedCells } from '../../intent/routes.ts'
import type { LiveSegmentation } from '../platform/segmentation.ts'
import type { PodParty } from '../segmentation/compute.ts'
import { policySchema, type Policy } from '../segmentation/policy.ts'
import { computeCells, isComputable } from './computed.ts'
import { probeName } from './manifests.ts'
import { simulated, type Faults } from './network.fixture.ts'

const named = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } })
const reachable = { matchLabels: { [reachableLabel.name]: reachableLabel.value } }

/** The shape of the shipped policies of an environment, reduced to what concerns probes. */
function policiesOf(namespace: string): Policy[] {
  return [
    { name: 'default-deny', spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    { name: 'within-ingress', spec: { podSelector: reachable, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: named(namespace) }] }] } },
    { name: 'within-egress', spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: named(namespace), podSelector: reachable }] }] } },
  ].map(({ name, spec }) => policySchema.parse({ metadata: { name, namespace }, spec }))
}

function labelsOf(endpoint: Endpoint): Record<string, string> {
  if (endpoint.exposure === 'impostor') return wornBy(endpoint)
  return endpoint.exposure === 'exposed' ? { [reachableLabel.name]: reachableLabel.value } : {}
}

function live(more: readonly Policy[] = []): LiveSegmentation {
  const { fleet } = simulated()
  return {
    policies: [...environmentNames.flatMap(policiesOf), ...more],
    namespaces: new Map([...environmentNames, outsider, lookalike].map((name) => [name, { 'kubernetes.io/metadata.name': name }])),
    pods: new Map(fleet.members.flatMap((member): [string, PodParty][] => member.ready
      ? [[`${member.namespace}/${probeName(member.endpoint, fleet.run)}`, {
          kind: 'pod', namespace: member.namespace, ip: member.ip, ports: [],
          labels: labelsOf(member.endpoint),
        }]]
      : [])),
  }
}

const computable = intendedCells.filter(isComputable)

const differing = (more: readonly Policy[], faults: Faults = {}): string[] => {
  const computed = computeCells(intendedCells, simulated(faults).fleet, live(more))
  return computable.filter(({ id, intended }) => (computed.get(id)?.allowed ?? false) !== (intended === 'allow')).map(({ id }) => id)
}

describe('the computed table', () => {
  test('is the intended one under policies of the shipped shape', () => {
    expect(differing([])).toEqual([])
  })

  test('differs in exactly the cells that one more policy opens', () => {
    fc.assert(fc.property(fc.constantFrom(...environmentNames), (namespace) => {
      const open = policySchema.parse({ metadata: { name: 'open', namespace }, spec: { podSelector: reachable, ingress: [{}] } })
      // Others do not get out of their own environment, so only those outside all of them get in.
      const expected = computable.filter(({ from, to }) => !isEnvironment(from.zone) && to.zone === namespace && to.exposure === 'exposed').map(({ id }) => id)
      expect(differing([open])).toEqual(expected)
      expect(expected).toHaveLength(30)
    }))
  })

  test('has no verdict about a pod that is not there', () => {
    const whole = live()
    const without = { ...whole, pods: new Map([...whole.pods].filter(([name]) => !name.includes('outsider-1'))) }
    const computed = computeCells(intendedCells, simulated().fleet, without)
    expect(computable.filter(({ id }) => !computed.has(id)).every(({ from, to }) => [from.name, to.name].includes(endpoints.find(({ name }) => name === 'outsider-1')?.name ?? ''))).toBe(true)
    expect(computed.size).toBeLessThan(computable.length)
  })
})
