import { expect, test } from 'vitest'
import { needs, needsPaths } from '../../intent/needed.ts'
import type { Grant } from './grants.ts'
import { enoughTime, unusedRights, useSentences, type Use } from './use.ts'

const grant = (over: Partial<Grant['rule']>, more: Partial<Grant> = {}): Grant => ({
  rule: { verbs: ['get', 'list'], groups: [''], resources: ['pods'], names: [], urls: [], ...over }, scope: undefined, binding: 'ClusterRoleBinding b', role: 'ClusterRole r', ...more,
})
const use = (verb: string, resource: string, more: object = {}): Use => ({ verb, group: '', resource, namespace: undefined, name: undefined, count: 3, ...more })
const began = new Date('2026-11-28T08:00:00Z')
const after = (minutes: number) => ({ first: began, last: new Date(began.getTime() + minutes * 60_000) })
const account = { grants: [grant({})], uses: [use('list', 'pods')], recorded: after(30), intended: { needed: [], powers: [] }, everybodys: [] }

test('a right that no record shows is a fault after enough time, and undecided before', () => {
  const { granted, unused } = unusedRights(account)
  expect({ granted, unused: unused.length }).toEqual({ granted: 2, unused: 1 })
  expect(useSentences('x/y', unused)).toEqual({
    faults: ['expected x/y to use what it is given (get pods in every namespace, by ClusterRoleBinding b of ClusterRole r), but in the 30 minutes on record it never did; take it out of the chart, or say in suites/intent what it is for and why no record shows it'],
    undecided: [],
  })
  const young = useSentences('x/y', unusedRights({ ...account, recorded: after(9) }).unused)
  expect(young.faults).toEqual([])
  expect(young.undecided[0]).toContain('in the 9 minutes on record it never did; that says something after 10 minutes')
})

test('a new grant had no time to be used, and an account without a record shows nothing', () => {
  const late = grant({}, { since: new Date(began.getTime() + 25 * 60_000) })
  expect(useSentences('x/y', unusedRights({ ...account, grants: [late] }).unused)).toMatchObject({ faults: [], undecided: [expect.stringContaining('in the 5 minutes on record')] })
  expect(useSentences('x/y', unusedRights({ ...account, uses: [], recorded: undefined }).unused)).toMatchObject({ faults: [], undecided: [expect.stringContaining('none of its requests is on record')] })
})

test('a reason that is stated holds for what it names, and what everybody has is nobody\'s', () => {
  const intended = { needed: [needs('get', 'core pods', { unseen: 'only at night' })], powers: [] }
  expect(unusedRights({ ...account, intended }).unused.map((one) => one.reason)).toEqual(['only at night'])
  expect(unusedRights({ ...account, grants: [grant({ resources: [], groups: [], urls: ['/healthz'] })], everybodys: [needsPaths('get', '/healthz'), needsPaths('list', '/healthz')] })).toEqual({ granted: 0, unused: [] })
})

test.each([
  ['in its namespace', grant({ verbs: ['get'] }, { scope: 'a' }), use('get', 'pods', { namespace: 'a' }), true],
  ['in another namespace', grant({ verbs: ['get'] }, { scope: 'a' }), use('get', 'pods', { namespace: 'b' }), false],
  ['cluster-wide, used in a namespace', grant({ verbs: ['get'] }), use('get', 'pods', { namespace: 'b' }), true],
  ['of a named object, which was used', grant({ verbs: ['get'], names: ['one'] }), use('get', 'pods', { name: 'one' }), true],
  ['of a named object, where another was used', grant({ verbs: ['get'], names: ['one'] }), use('get', 'pods', { name: 'two' }), false],
  ['of a subresource, where the resource was used', grant({ verbs: ['get'], resources: ['pods/log'] }), use('get', 'pods'), false],
  ['of a path', grant({ verbs: ['get'], resources: [], urls: ['/metrics'] }), { verb: 'get', url: '/metrics', count: 1 } satisfies Use, true],
])('a right %s', (_, given, used, shown) => {
  expect(unusedRights({ ...account, grants: [given], uses: [used] }).unused.length).toBe(shown ? 0 : 1)
})

test('what is enough time is said with its source', () => {
  expect(enoughTime.source).toContain('10 minutes')
})
