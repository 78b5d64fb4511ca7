import { expect, test } from 'vitest'
import { sayAsk } from './escalation.ts'
import { canaries, escalations } from './escalations.ts'
import { heldTogether, holdings, holdingFor } from './holdings.ts'
import { shippedIdentities, unknownAccounts } from './identities.ts'

test('the catalogue has at least 75 rows, each under an id of its own, in every group', () => {
  expect(escalations.length).toBeGreaterThanOrEqual(75)
  expect(new Set(escalations.map(({ id }) => id)).size).toBe(escalations.length)
  expect([...new Set(escalations.map(({ group }) => group))].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
})

test('every holding is about a right of the catalogue and an identity that is shipped', () => {
  const kinds = new Set(shippedIdentities.map(({ kind }) => kind))
  const asked = new Set(escalations.flatMap(({ asks }) => asks).map(({ verb, group, resource, subresource }) => `${verb} ${group} ${resource}${subresource === undefined ? '' : `/${subresource}`}`))
  const idle = holdings.flatMap(({ kind, verbs, group, resources }) => verbs.flatMap((verb) => resources.map((resource) => ({ kind, ask: `${verb} ${group} ${resource}` })))).filter(({ kind, ask }) => !kinds.has(kind) || !asked.has(ask))
  expect(idle).toEqual([])
  expect(heldTogether.filter(({ row }) => !escalations.some(({ id }) => id === row))).toEqual([])
})

test('a holding reaches its own places and no other', () => {
  const ask = { verb: 'get', group: '', resource: 'secrets', reach: 'namespace' } as const
  const admin = { kind: 'environment-admin', namespace: 'staging' } as const
  expect(holdingFor(admin, ask, 'staging')?.reason).toContain('secrets of the environment')
  expect(holdingFor(admin, ask, 'production')).toBeUndefined()
  expect(holdingFor({ kind: 'viewer', namespace: 'staging' }, ask, 'staging')).toBeUndefined()
  expect(holdingFor({ kind: 'traefik', namespace: 'ingress' }, { ...ask, verb: 'list' }, 'production')).toBeDefined()
  expect(holdingFor({ kind: 'traefik', namespace: 'ingress' }, ask, 'kube-system')).toBeUndefined()
})

test('canaries hold their row and nothing else; a resource with a wildcard behind it is inert', () => {
  const exec = canaries.filter(({ row }) => row.id === 'C5')
  expect(exec.map(({ title, answer, grants }) => `${title}: ${grants.map(sayGrant).join(', ')}: ${answer}`)).toEqual([
    'C5: create pods/exec, get pods/exec: allowed', 'C5 by verb *: * pods/exec: allowed', 'C5 by resource *: create *: allowed', 'C5 by group *: create */pods/exec: allowed',
    'C5 by */exec: create */exec: allowed', 'C5 by pods/*: create pods/*: forbidden',
  ])
})

function sayGrant(grant: Parameters<typeof sayAsk>[0] | Omit<Parameters<typeof sayAsk>[0], 'reach'>): string {
  return sayAsk({ reach: 'namespace', ...grant })
}

test('canaries with equal grants share an account', () => {
  const byAccount = Map.groupBy(canaries, ({ account }) => account)
  for (const same of byAccount.values()) expect(new Set(same.map(({ grants }) => JSON.stringify(grants.map(sayGrant)))).size).toBe(1)
})

test('an account that nobody named is known as such; those of people and of Kubernetes are not the intent\'s', () => {
  const account = (namespace: string, name: string, person?: string) => ({ namespace, name, person, automounted: false })
  expect(unknownAccounts([
    account('production', 'default'), account('system', 'plumbline-verifier'), account('kube-system', 'coredns'), account('production', 'access-ada-viewer', 'ada'), account('audit', 'helper'),
  ])).toEqual([account('audit', 'helper')])
})
