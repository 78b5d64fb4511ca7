import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closureOf, pathTo } from './closure.ts'
import type { Binding, RightsFacts, Role } from './facts.ts'
import { allowing, rightsIn, type Identity } from './grants.ts'
import { powerKey } from './look.ts'
import { atomsOf, resourceMatches, wordsOf, type Rule } from './rules.ts'

const verbs = ['get', 'create', 'update', 'bind', 'impersonate', 'escalate']
const resources = ['pods', 'secrets', 'pods/exec', 'rolebindings', 'clusterroles', 'serviceaccounts', 'serviceaccounts/token', 'nodes/proxy', 'users', 'namespaces']
const spaces = ['a', 'b']

const rules: fc.Arbitrary<Rule> = fc.record({
  verbs: fc.subarray([...verbs, '*'], { minLength: 1, maxLength: 3 }),
  groups: fc.constantFrom(['*'], [''], ['', 'rbac.authorization.k8s.io']),
  resources: fc.subarray([...resources, '*', '*/exec', '*/token', 'pods/*', 'nodes/*'], { minLength: 1, maxLength: 3 }),
  names: fc.constantFrom<string[]>([], [], ['one']),
  urls: fc.constant([]),
})
const roles: fc.Arbitrary<Role> = fc.record({
  namespace: fc.constantFrom(undefined, ...spaces), name: fc.constantFrom('one', 'two', 'three'), rules: fc.array(rules, { maxLength: 2 }), labels: fc.constant({}), aggregates: fc.constant([]),
})
const subjects = fc.constantFrom(
  { kind: 'ServiceAccount', namespace: 'a', name: 'one' }, { kind: 'ServiceAccount', namespace: 'b', name: 'two' }, { kind: 'User', name: 'ann' }, { kind: 'Group', name: 'system:authenticated' }, { kind: 'Group', name: 'system:serviceaccounts:a' },
)
const bindings: fc.Arbitrary<Binding> = fc.record({
  namespace: fc.constantFrom(undefined, ...spaces), name: fc.constantFrom('x', 'y'), role: fc.record({ kind: fc.constantFrom('Role' as const, 'ClusterRole' as const), name: fc.constantFrom('one', 'two', 'three') }), subjects: fc.array(subjects, { minLength: 1, maxLength: 2 }),
})
const worlds: fc.Arbitrary<RightsFacts> = fc.record({
  roles: fc.uniqueArray(roles, { maxLength: 5, selector: ({ namespace, name }) => `${namespace ?? ''}/${name}` }), bindings: fc.array(bindings, { maxLength: 6 }),
  accounts: fc.constant([{ namespace: 'a', name: 'one' }, { namespace: 'b', name: 'two' }]),
  pods: fc.constant([{ namespace: 'b', name: 'pod', account: 'two', token: true }]),
  namespaces: fc.constant(spaces.map((name) => ({ name, podSecurity: 'restricted' }))), guards: fc.constant([]),
})
const ann: Identity = { user: 'ann', groups: ['system:authenticated'] }

/** The documentation of RBAC, word for word and without any cleverness: what is asked against every rule of every binding. */
function naive({ roles: all, bindings: given }: RightsFacts, { user, groups }: Identity, asked: { verb: string, group: string, resource: string, namespace: string | undefined, name: string | undefined }): boolean {
  const named = new Set([`User ${user}`, ...groups.map((name) => `Group ${name}`), `ServiceAccount ${user.replace('system:serviceaccount:', '').replace(':', '/')}`])
  const speaking = given.filter(({ subjects: to }) => to.some(({ kind, namespace, name }) => named.has(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`)))
  const there = speaking.filter(({ namespace }) => namespace === undefined || namespace === asked.namespace).filter(({ namespace, role }) => namespace !== undefined || role.kind === 'ClusterRole')
  const held = there.flatMap(({ namespace, role }) => all.filter((one) => one.name === role.name && one.namespace === (role.kind === 'Role' ? namespace : undefined)))
  const [, sub = '-'] = asked.resource.split('/')
  const has = (list: readonly string[], ...wanted: string[]) => wanted.some((one) => list.includes(one))
  return held.flatMap((role) => role.rules).filter((rule) => has(rule.verbs, '*', asked.verb)).filter((rule) => has(rule.groups, '*', asked.group))
    .filter((rule) => has(rule.resources, '*', asked.resource, `*/${sub}`)).some((rule) => rule.names.length === 0 || has(rule.names, asked.name ?? ''))
}

const questions = fc.record({
  verb: fc.constantFrom(...verbs, 'list'), group: fc.constantFrom('', 'apps', 'rbac.authorization.k8s.io'), resource: fc.constantFrom(...resources, 'deployments/exec'),
  namespace: fc.constantFrom(undefined, ...spaces), name: fc.constantFrom(undefined, 'one', 'other'),
})
const everybody: readonly Identity[] = [ann, { user: 'system:serviceaccount:a:one', groups: ['system:serviceaccounts:a', 'system:authenticated'] }, { user: 'nobody', groups: [] }]

describe('rights', () => {
  test('are judged as a reading of the documentation judges them', () => {
    fc.assert(fc.property(worlds, questions, fc.constantFrom(...everybody), (facts, question, identity) => {
      expect(allowing(rightsIn(facts).grantsOf(identity), question) !== undefined).toBe(naive(facts, identity, question))
    }), { numRuns: 500 })
  })

  test('a binding more takes nothing away, from nobody', () => {
    fc.assert(fc.property(worlds, bindings, (facts, extra) => {
      const before = closureOf(rightsIn(facts), ann)
      const after = closureOf(rightsIn({ ...facts, bindings: [...facts.bindings, extra] }), ann)
      if (after.reached.some(({ key }) => key === powerKey({ kind: 'everything' }))) return
      const rights = ({ held }: typeof after) => new Set(held.flatMap(({ grant }) => atomsOf(grant.rule, grant.scope).map((atom) => JSON.stringify(atom))))
      expect([...rights(before)].filter((right) => !rights(after).has(right))).toEqual([])
      expect(before.reached.map(({ key }) => key).filter((key) => !after.reached.some((one) => one.key === key))).toEqual([])
    }), { numRuns: 200 })
  })

  test('a guardrail more gives nothing', () => {
    fc.assert(fc.property(worlds, (facts) => {
      const stops = (['run-as', 'mount-secret', 'token-secret', 'enter-pod', 'bind'] as const).map((detour) => ({ policy: 'p', stops: detour }))
      const free = closureOf(rightsIn(facts), ann, stops)
      const fenced = closureOf(rightsIn({ ...facts, guards: [{ policy: 'p', namespaces: undefined }] }), ann, stops)
      if (free.reached.some(({ key }) => key === powerKey({ kind: 'everything' }))) return
      expect(fenced.reached.map(({ key }) => key).filter((key) => !free.reached.some((one) => one.key === key))).toEqual([])
    }), { numRuns: 200 })
  })

  test('whoever may escalate roles may write into each that is bound to them, and what is held in a namespace says nothing about ClusterRoles', () => {
    const escalate = (namespace: string | undefined) => ({ namespace, name: 'escalate', rules: [{ verbs: ['escalate', 'update'], groups: ['rbac.authorization.k8s.io'], resources: ['roles', 'clusterroles'], names: [], urls: [] }], labels: {}, aggregates: [] })
    const bound = (namespace: string | undefined, kind: 'Role' | 'ClusterRole', name: string) => ({ namespace, name, role: { kind, name }, subjects: [{ kind: 'User', name: 'ann' }] })
    const look = { namespace: undefined, name: 'look', rules: [{ verbs: ['get'], groups: [''], resources: ['pods'], names: [], urls: [] }], labels: {}, aggregates: [] }
    const world = { accounts: [], pods: [], namespaces: spaces.map((name) => ({ name, podSecurity: 'restricted' })), guards: [] }
    const reach = (facts: Pick<RightsFacts, 'roles' | 'bindings'>) => closureOf(rightsIn({ ...world, ...facts }), ann).reached.map(({ key }) => key).filter((key) => key.startsWith('everything'))

    expect(reach({ roles: [escalate('a'), look], bindings: [bound('a', 'Role', 'escalate'), bound('b', 'ClusterRole', 'look')] })).toEqual(['everything in a'])
    expect(reach({ roles: [escalate(undefined), look], bindings: [bound('a', 'ClusterRole', 'escalate'), bound('b', 'ClusterRole', 'look')] })).toEqual([])
    const cluster = { ...escalate(undefined), name: 'all' }
    expect(reach({ roles: [cluster, look], bindings: [bound(undefined, 'ClusterRole', 'all'), bound('b', 'ClusterRole', 'look')] })).toContain(powerKey({ kind: 'everything' }))
  })

  test('every step on a path is later than the one before, and the path begins with whoever goes it', () => {
    fc.assert(fc.property(worlds, (facts) => {
      for (const reached of closureOf(rightsIn(facts), ann).reached) {
        expect(reached.depth).toBeGreaterThan(reached.from?.depth ?? -1)
        expect(pathTo('ann', reached).startsWith('ann ')).toBe(true)
      }
    }), { numRuns: 200 })
  })
})

test.each([
  ['*', 'pods', true], ['*', 'pods/exec', true], ['pods/exec', 'pods/exec', true], ['*/exec', 'pods/exec', true], ['*/exec', 'pods', false],
  ['pods/*', 'pods/exec', false], ['pods', 'pods/exec', false], ['*/*', 'pods/exec', false], ['nodes/*', 'nodes/proxy', false],
])('a rule that says %s about %s: %s', (inRule, asked, matches) => {
  expect(resourceMatches(inRule, asked)).toBe(matches)
})

test('an inert wildcard gives no right, and a wildcard is told as one', () => {
  const rule: Rule = { verbs: ['*'], groups: ['*'], resources: ['pods/*', '*/exec'], names: [], urls: [] }
  expect(atomsOf(rule, 'a').map(wordsOf)).toEqual(['every verb on */exec of every group'])
})
