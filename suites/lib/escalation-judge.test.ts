import { expect, test } from 'vitest'
import { asks, row } from '../intent/escalation.ts'
import type { ShippedIdentity } from '../intent/identities.ts'
import { judgeReviews, keyOf, namespacesOf, questionsOf, type Opinion, type Seen } from './escalation-judge.ts'

const identity: ShippedIdentity = { name: 'staging/default', kind: 'default', namespace: 'staging', elsewhere: 'production', user: 'u', groups: [], account: undefined }
const admin: ShippedIdentity = { ...identity, name: 'plumbline:staging:environment-admin', kind: 'environment-admin' }
const told = { title: 'read a Secret', why: 'credentials', source: 'GP' }
const secrets = row('A1', 'real', asks('namespace', 'get', '', 'secrets'), told)

function seen(opinions: Readonly<Record<string, Opinion>>, rest: Partial<Seen> = {}): Seen {
  return { missing: () => undefined, control: () => 'allowed', opinion: (question) => opinions[keyOf(question)] ?? { verdict: 'forbidden', reason: '' }, ...rest }
}

test('an identity is tried at home, in another environment and beside the control plane', () => {
  expect(namespacesOf(identity)).toEqual(['staging', 'production', 'kube-system'])
  expect(namespacesOf({ ...identity, namespace: 'kube-system' })).toEqual(['kube-system', 'production'])
  expect(questionsOf([secrets, secrets], [identity], () => undefined).map(keyOf)).toEqual(['staging/default get secrets in staging', 'staging/default get secrets in production', 'staging/default get secrets in kube-system'])
})

test('what is refused everywhere is no fault', () => {
  expect(judgeReviews(secrets, identity, seen({})).map(({ cell: { scope, verdict }, fault, doubt }) => [scope, verdict, fault, doubt])).toEqual([
    ['staging', 'forbidden', undefined, undefined], ['production', 'forbidden', undefined, undefined], ['kube-system', 'forbidden', undefined, undefined],
  ])
})

test('an over-grant is named with the binding that allows it', () => {
  const [, there] = judgeReviews(secrets, identity, seen({ 'staging/default get secrets in production': { verdict: 'allowed', reason: 'RBAC: allowed by RoleBinding "x/production"' } }))
  expect(there?.fault).toBe('expected staging/default to be refused what leads to "read a Secret" (A1) in production, but the authorizer allows it to get secrets (RBAC: allowed by RoleBinding "x/production")')
})

test('a right that the intent gives and nobody holds is a fault too', () => {
  const [home] = judgeReviews(secrets, admin, seen({}))
  expect(home?.fault).toContain('expected plumbline:staging:environment-admin to need get secrets in staging, as the intent says')
  expect(home?.cell.intended).toBe('allow')
})

test('what was not answered is a doubt, and what the cluster does not have is not applicable', () => {
  const [first] = judgeReviews(secrets, identity, seen({ 'staging/default get secrets in staging': { verdict: 'error', reason: 'no answer' } }))
  expect([first?.cell.verdict, first?.doubt]).toEqual(['error', 'expected an answer about staging/default and A1 in staging, but no answer'])
  expect(judgeReviews(secrets, identity, seen({}, { missing: () => 'it serves none' })).map(({ cell: { verdict, reason } }) => [verdict, reason])).toEqual([['not-applicable', 'it serves none']])
})

test('a combination is held when every part is, the cluster\'s parts wherever', () => {
  const pair = row('F3', 'review', [], { ...told, parts: [asks('cluster', 'create', '', 'persistentvolumes'), asks('namespace', 'create', '', 'pods')] })
  const both = { ...pair, asks: pair.parts?.flat() ?? [] }
  const volumes = { 'staging/default create persistentvolumes in the cluster': { verdict: 'allowed', reason: '' } } as const
  expect(judgeReviews(both, identity, seen(volumes)).map(({ cell }) => cell.verdict)).toEqual(['forbidden', 'forbidden', 'forbidden'])
  const whole = judgeReviews(both, identity, seen({ ...volumes, 'staging/default create pods in production': { verdict: 'allowed', reason: '' } }))
  expect(whole.map(({ fault }) => fault)).toEqual([undefined, 'expected staging/default not to hold together what makes "read a Secret" (F3) in production, but it may create persistentvolumes and create pods', undefined])
})
