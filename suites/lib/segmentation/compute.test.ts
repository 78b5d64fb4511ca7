import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compute, type Attempt, type ComputedVerdict, type PodParty } from './compute.ts'
import type { Labels } from '../label-selector.ts'
import { policySchema, type Policy } from './policy.ts'

const namespaces = new Map<string, Labels>([
  ['red', { 'kubernetes.io/metadata.name': 'red', team: 'a', trusted: 'yes' }],
  ['blue', { 'kubernetes.io/metadata.name': 'blue', team: 'b' }],
])

function pod(namespace: string, labels: Labels, ip: string): PodParty {
  return { kind: 'pod', namespace, labels, ip, ports: [{ name: 'http', port: 8080, protocol: 'TCP' }, { name: 'dns', port: 8053, protocol: 'UDP' }] }
}
const web = pod('red', { app: 'web', tier: 'front' }, '10.0.0.1')
const store = pod('red', { app: 'store' }, '10.0.0.2')
const stranger = pod('blue', { app: 'web' }, '10.0.1.1')
const outside = { kind: 'address', ip: '203.0.113.9' } as const

function policy(namespace: string, spec: unknown, name = 'p'): Policy {
  return policySchema.parse({ metadata: { name, namespace }, spec })
}
function verdict(policies: readonly Policy[], attempt: Partial<Attempt> = {}): ComputedVerdict {
  return compute({ policies, namespaces }, { from: web, to: store, protocol: 'TCP', port: 8080, ...attempt })
}
const allowed = (policies: readonly Policy[], attempt: Partial<Attempt> = {}): boolean => verdict(policies, attempt).allowed
/** What a rule with this peer lets into the store. */
const from = (peer: unknown): Policy => policy('red', { podSelector: {}, ingress: [{ from: [peer] }] })
/** What a rule with this port lets into the store. */
const on = (port: unknown): Policy => policy('red', { podSelector: {}, ingress: [{ ports: [port] }] })

describe('isolation', () => {
  test('a pod that no policy selects is open both ways', () => {
    expect(verdict([policy('blue', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })])).toEqual({
      allowed: true, egress: { allowed: true, isolatedBy: [], allowedBy: [] }, ingress: { allowed: true, isolatedBy: [], allowedBy: [] },
    })
  })

  test('a policy without rules allows nothing, and says by which name', () => {
    const denied = policy('red', { podSelector: { matchLabels: { app: 'store' } }, policyTypes: ['Ingress'] }, 'closed')
    expect(verdict([denied])).toMatchObject({ allowed: false, egress: { allowed: true }, ingress: { allowed: false, isolatedBy: ['closed@red'], allowedBy: [] } })
    expect(allowed([denied], { to: web, from: store })).toBe(true)
  })

  test('without policyTypes a policy is about ingress, and about egress when it has a rule for it', () => {
    expect(policy('red', { podSelector: {} }).directions).toEqual(['Ingress'])
    expect(policy('red', { podSelector: {}, egress: [] }).directions).toEqual(['Ingress'])
    expect(policy('red', { podSelector: {}, egress: [{}] }).directions).toEqual(['Ingress', 'Egress'])
  })

  test('rules of a direction that the policy is not about count for nothing', () => {
    const closed = policy('red', { podSelector: {}, policyTypes: ['Ingress'] }, 'closed')
    const idle = policy('red', { podSelector: {}, policyTypes: ['Egress'], ingress: [{}], egress: [{}] }, 'idle')
    expect(allowed([closed, idle])).toBe(false)
  })

  test('policies add up: one that allows is enough', () => {
    const closed = policy('red', { podSelector: {}, policyTypes: ['Ingress'] }, 'closed')
    const open = policy('red', { podSelector: {}, ingress: [{}] }, 'open')
    expect(verdict([closed, open]).ingress).toEqual({ allowed: true, isolatedBy: ['closed@red', 'open@red'], allowedBy: ['open@red'] })
  })

  test('both ends must allow', () => {
    const into = policy('red', { podSelector: {}, ingress: [{}] })
    expect(verdict([into, policy('blue', { podSelector: {}, policyTypes: ['Egress'] })], { from: stranger })).toMatchObject({ allowed: false, ingress: { allowed: true }, egress: { allowed: false } })
  })

  test('an address outside is under no policy, and is allowed by an ipBlock or by a rule without peers', () => {
    expect(allowed([from({ namespaceSelector: {} })], { from: outside })).toBe(false)
    expect(allowed([from({ ipBlock: { cidr: '203.0.113.0/24' } })], { from: outside })).toBe(true)
    expect(allowed([on({ port: 8080 })], { from: outside })).toBe(true)
    expect(allowed([policy('red', { podSelector: {}, policyTypes: ['Egress'] })], { from: outside })).toBe(true)
  })
})

describe('peers', () => {
  test.for([
    ['a podSelector means pods of the policy\'s own namespace', { podSelector: { matchLabels: { app: 'web' } } }, true, false],
    ['a namespaceSelector means every pod of the namespaces', { namespaceSelector: { matchLabels: { team: 'b' } } }, false, true],
    ['both mean those pods of those namespaces', { namespaceSelector: {}, podSelector: { matchLabels: { tier: 'front' } } }, true, false],
    ['an empty podSelector means everybody at home', { podSelector: {} }, true, false],
    ['an empty namespaceSelector means everybody', { namespaceSelector: {} }, true, true],
    ['In', { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'c'] }] } }, true, false],
    ['NotIn also selects what lacks the label', { namespaceSelector: { matchExpressions: [{ key: 'trusted', operator: 'NotIn', values: ['yes'] }] } }, false, true],
    ['Exists', { namespaceSelector: { matchExpressions: [{ key: 'trusted', operator: 'Exists' }] } }, true, false],
    ['DoesNotExist', { namespaceSelector: { matchExpressions: [{ key: 'trusted', operator: 'DoesNotExist' }] } }, false, true],
    ['every expression must hold', { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }, { key: 'team', operator: 'NotIn', values: ['a'] }] } }, false, true],
    ['a block holds pods by their addresses too', { ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] } }, true, false],
    ['a block without exceptions', { ipBlock: { cidr: '10.0.0.0/16' } }, true, true],
    ['a block of the other family holds nobody', { ipBlock: { cidr: '::/0' } }, false, false],
  ] as const)('%s', ([, peer, home, away]) => {
    expect([allowed([from(peer)]), allowed([from(peer)], { from: stranger })]).toEqual([home, away])
  })

  test('none named is everybody', () => {
    expect(allowed([policy('red', { podSelector: {}, ingress: [{ from: [] }] })], { from: stranger })).toBe(true)
  })
})

describe('ports', () => {
  test.for([
    ['a number', { port: 8080 }, true, false],
    ['TCP unless it says otherwise', { port: 8080, protocol: 'UDP' }, false, false],
    ['every port of a protocol', { protocol: 'TCP' }, true, true],
    ['a range with both its ends', { port: 8079, endPort: 8081 }, true, true],
    ['a range that ends before', { port: 8000, endPort: 8079 }, false, false],
    ['a name, as the pod means it', { port: 'http' }, true, false],
    ['a name of the other protocol', { port: 'dns' }, false, false],
  ] as const)('%s', ([, port, at8080, at8081]) => {
    expect([allowed([on(port)]), allowed([on(port)], { port: 8081 })]).toEqual([at8080, at8081])
  })

  test('a name on the way out is the target\'s, and an address has none', () => {
    const out = policy('red', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] })
    expect([allowed([out]), allowed([out], { to: outside })]).toEqual([true, false])
  })

  test('SCTP is neither TCP nor UDP', () => {
    expect([allowed([on({ protocol: 'SCTP' })]), allowed([on({ protocol: 'SCTP' })], { protocol: 'SCTP' })]).toEqual([false, true])
  })
})

describe('what is not understood is refused', () => {
  test.for([
    ['a field of a newer API', { podSelector: {}, mesh: {} }],
    ['a peer without anything', { podSelector: {}, ingress: [{ from: [{}] }] }],
    ['addresses and pods in one peer', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] }],
    ['a range that begins with a name', { podSelector: {}, ingress: [{ ports: [{ port: 'http', endPort: 90 }] }] }],
    ['a range that ends before it begins', { podSelector: {}, ingress: [{ ports: [{ port: 90, endPort: 80 }] }] }],
    ['an unknown operator', { podSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } }],
    ['In without values', { podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }],
    ['a block that is none', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] }],
  ] as const)('%s', ([, spec]) => {
    expect(policySchema.safeParse({ metadata: { name: 'p', namespace: 'red' }, spec }).success).toBe(false)
  })

  test('a namespace whose labels were not given', () => {
    expect(() => compute({ policies: [from({ namespaceSelector: {} })], namespaces: new Map() }, { from: stranger, to: store, protocol: 'TCP', port: 8080 }))
      .toThrow('expected to know the labels of the namespace blue, but they were not given')
  })
})

/** Policies of two namespaces over a few labels, ports and blocks, so that they meet the attempts often. */
const label = fc.constantFrom('web', 'store', 'other')
const selector = fc.oneof(
  fc.constant({}),
  label.map((app) => ({ matchLabels: { app } })),
  fc.tuple(fc.constantFrom('In', 'NotIn'), fc.uniqueArray(label, { minLength: 1 })).map(([operator, values]) => ({ matchExpressions: [{ key: 'app', operator, values }] })),
  fc.constantFrom('Exists', 'DoesNotExist').map((operator) => ({ matchExpressions: [{ key: 'tier', operator }] })),
)
const peer = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  fc.tuple(selector, fc.constantFrom({}, { matchLabels: { team: 'a' } })).map(([podSelector, namespaceSelector]) => ({ podSelector, namespaceSelector })),
  fc.constantFrom('10.0.0.0/24', '10.0.0.0/8', '0.0.0.0/0', '203.0.113.0/24').map((cidr) => ({ ipBlock: { cidr } })),
)
const port = fc.oneof(
  fc.record({ port: fc.constantFrom(8080, 8081, 'http', 'dns'), protocol: fc.constantFrom('TCP', 'UDP', 'SCTP') }),
  fc.constant({ port: 8000, endPort: 8100 }),
)
const rules = (name: 'from' | 'to') => fc.array(fc.record({ [name]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) }), { maxLength: 2 })
const anyPolicy = fc.record({ namespace: fc.constantFrom('red', 'blue'), podSelector: selector, policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'], []), ingress: rules('from'), egress: rules('to') })
  .map(({ namespace, ...spec }) => policy(namespace, spec))
const policies = fc.array(anyPolicy, { maxLength: 4 })
const party = fc.constantFrom(web, store, stranger, outside)
const attempts = fc.record({ from: party, to: party, protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'), port: fc.constantFrom(8080, 8081, 8053) })

describe('always', () => {
  const at = (all: readonly Policy[], attempt: Attempt): ComputedVerdict => compute({ policies: all, namespaces }, attempt)

  test('the order of policies does not matter, nor does having one twice', () => {
    fc.assert(fc.property(policies, attempts, (all, attempt) => {
      expect(at(all.toReversed(), attempt)).toEqual(at(all, attempt))
      expect(at([...all, ...all], attempt).allowed).toBe(at(all, attempt).allowed)
    }))
  })

  test('one more policy never closes what policies had opened to a pod that is isolated already', () => {
    fc.assert(fc.property(policies, anyPolicy, attempts, (all, more, attempt) => {
      const before = at(all, attempt)
      const after = at([...all, more], attempt)
      for (const end of ['ingress', 'egress'] as const) if (before[end].isolatedBy.length > 0 && before[end].allowed) expect(after[end].allowed).toBe(true)
    }))
  })

  test('a denial names who isolates, and an allowance of an isolated pod names who allows', () => {
    fc.assert(fc.property(policies, attempts, (all, attempt) => {
      const { ingress, egress, allowed: both } = at(all, attempt)
      expect(both).toBe(ingress.allowed && egress.allowed)
      for (const end of [ingress, egress]) {
        expect(end.isolatedBy).toEqual(expect.arrayContaining([...end.allowedBy]))
        expect(end.allowed).toBe(end.isolatedBy.length === 0 || end.allowedBy.length > 0)
      }
    }))
  })

  test('a denial of everything in a namespace leaves its pods nothing but what others allow', () => {
    const closed = policy('red', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, 'closed')
    fc.assert(fc.property(attempts, (attempt) => {
      const touches = [attempt.from, attempt.to].some((one) => one.kind === 'pod' && one.namespace === 'red')
      expect(at([closed], attempt).allowed).toBe(!touches)
    }))
  })
})
