import { beforeAll, describe, expect, test } from 'vitest'
import type { OverGranted } from '../../../fixtures/breaches/over-grants.ts'
import { everybodys } from '../../../suites/intent/rights.ts'
import { closureOf } from '../../../suites/lib/rights/closure.ts'
import { rightsIn } from '../../../suites/lib/rights/grants.ts'
import { boundedIdentities, strangers } from '../../../suites/lib/rights/identities.ts'
import { adviceOf, judgeRights, merged, type RightsFinding } from '../../../suites/lib/rights/judge.ts'
import { loadBreaches } from './catalogue.ts'
import { factsOf, shippedObjects } from './shipped-rights.fixture.ts'

type Shipped = Awaited<ReturnType<typeof shippedObjects>>

let shipped: Shipped = []
let overGrants: OverGranted[] = []
beforeAll(async () => {
  shipped = await shippedObjects()
  overGrants = (await loadBreaches()).filter((breach): breach is OverGranted => 'objects' in breach)
}, 60_000)

function findingsIn(more: Shipped = []): (RightsFinding & { others: string[] })[] {
  const live = rightsIn(factsOf(shipped, more))
  return merged(boundedIdentities([]).flatMap((identity) => judgeRights({ identity: identity.name, intended: identity.intended, everybodys, closure: closureOf(live, identity) })))
}

test('the charts as they are rendered give everybody what is meant and nothing beyond', () => {
  expect(findingsIn().map(adviceOf)).toEqual([])
  expect(strangers(factsOf(shipped), boundedIdentities([]))).toEqual([])
})

describe('every right too many is found, named, and traced to the binding that gives it', () => {
  test('in more than twenty ways', () => {
    expect(overGrants.length).toBeGreaterThanOrEqual(20)
    const untraced = overGrants.filter(({ objects, binding }) => {
      const found = findingsIn(objects.map(([, object]) => object))
      return !found.some((one) => one.kind === 'too much' && one.sentence.includes(binding))
    })
    expect(untraced.map(({ id }) => id)).toEqual([])
  })

  const sentenceOf = (id: string, including: string): string[] => findingsIn(overGrants.find((one) => one.id === id)?.objects.map(([, object]) => object)).map(({ sentence }) => sentence).filter((one) => one.includes(including))

  test('the path goes through the account that is at hand', () => {
    expect(sentenceOf('strong-account-at-hand', 'list secrets in every')).toEqual([
      'plumbline:development:environment-admin may create deployments in development (RoleBinding development/environment-admin gives Role development/environment-admin), so it can use account development/robot, '
      + 'which ClusterRoleBinding over-grant-strong-account-at-hand gives ClusterRole over-grant-strong-account-at-hand: list secrets in every namespace',
    ])
  })

  test.each([
    ['acts-as-accounts', 'everything in the cluster'], ['acts-as-masters', 'everything in the cluster'], ['binds-cluster-roles', 'ClusterRole cluster-admin in production'],
    ['rewrites-its-own-role', 'can write every right into ClusterRole'], ['node-proxy-read', 'the nodes'], ['every-exec', 'the inside of the pods of'], ['approves-certificates', 'can be group kubeadm:cluster-admins'],
    ['writes-webhooks', 'what admission lets in'], ['makes-volumes', 'the nodes'], ['labels-namespaces', 'the labels of namespace'], ['aggregated-behind-view', 'from aggregated ClusterRole over-grant-aggregated'],
    ['role-edit-bound', 'impersonate serviceaccounts'], ['asks-for-tokens', 'account observability/prometheus'],
  ])('%s leads to %s', (id, what) => {
    expect(sentenceOf(id, what).length, `sentences of ${id} with "${what}"`).toBeGreaterThan(0)
  })

  test('what lacks is found too', () => {
    const without = shipped.filter(({ kind, metadata }) => kind !== 'ClusterRoleBinding' || metadata.name !== 'plumbline-kube-state-metrics')
    const live = rightsIn(factsOf(without))
    const identity = boundedIdentities([]).find(({ name }) => name === 'observability/kube-state-metrics')
    if (identity === undefined) throw new Error('no such identity')
    const [first] = judgeRights({ identity: identity.name, intended: identity.intended, everybodys, closure: closureOf(live, identity) })
    expect(first?.sentence).toBe('observability/kube-state-metrics lacks what its job needs: list nodes, list pods, list namespaces, list resourcequotas and 6 more in every namespace; no role gives it')
  })
})
