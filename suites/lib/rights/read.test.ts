import { describe, expect, test } from 'vitest'
import { rightsEvidence } from './evidence.ts'
import { closureOf } from './closure.ts'
import { allowing, rightsIn } from './grants.ts'
import { boundedIdentities, strangers } from './identities.ts'
import { judgeRights, merged } from './judge.ts'
import { factsFrom, type RightsObjects } from './read.ts'
import { sampleOf } from './sample.ts'

const rbac = 'rbac.authorization.k8s.io'
const none: RightsObjects = { roles: [], clusterRoles: [], roleBindings: [], clusterRoleBindings: [], accounts: [], pods: [], namespaces: [], policies: [], policyBindings: [] }
const namespace = (name: string, labels: Record<string, string> = {}) => ({ metadata: { name, labels } })
const toAnn = { subjects: [{ kind: 'User', name: 'ann' }] }
const ann = { user: 'ann', groups: ['system:authenticated'] }

describe('facts', () => {
  test('an aggregated role has what the selected roles say, also before the controller has copied it', () => {
    const facts = factsFrom({
      ...none,
      clusterRoles: [
        { metadata: { name: 'view' }, rules: [], aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'to-view': 'true' } }] } },
        { metadata: { name: 'robots', labels: { 'to-view': 'true' } }, rules: [{ verbs: ['list'], apiGroups: [''], resources: ['secrets'] }] },
      ],
      clusterRoleBindings: [{ metadata: { name: 'b' }, roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' }, ...toAnn }],
    })
    expect(allowing(rightsIn(facts).grantsOf(ann), { verb: 'list', group: '', resource: 'secrets', namespace: 'a' })?.role).toBe('ClusterRole view (from aggregated ClusterRole robots)')
  })

  test('a binding to a role that is not there gives nothing, and what a run made for itself is left out', () => {
    const facts = factsFrom({
      ...none, namespaces: [namespace('a'), namespace('own', { 'plumbline.dev/run': 'r' })],
      roles: [{ metadata: { name: 'r', namespace: 'own' }, rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] }],
      roleBindings: [
        { metadata: { name: 'b', namespace: 'own' }, roleRef: { apiGroup: rbac, kind: 'Role', name: 'r' }, ...toAnn },
        { metadata: { name: 'dangling', namespace: 'a' }, roleRef: { apiGroup: rbac, kind: 'Role', name: 'r' }, ...toAnn },
      ],
      accounts: [{ metadata: { name: 'x', namespace: 'own' } }],
    })
    expect(rightsIn(facts).grantsOf(ann)).toEqual([])
    expect([facts.accounts, facts.namespaces.map(({ name }) => name)]).toEqual([[], ['a']])
  })

  test.each([
    ['refuses everywhere', { validationActions: ['Deny'] }, 'Fail', [{ policy: 'p', namespaces: undefined }]],
    ['refuses in a namespace by its name', { validationActions: ['Deny', 'Audit'], matchResources: { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a'] }] } } }, 'Fail', [{ policy: 'p', namespaces: ['a'] }]],
    ['only warns', { validationActions: ['Warn'] }, 'Fail', []],
    ['lets pass what it cannot judge', { validationActions: ['Deny'] }, 'Ignore', []],
    ['looks at some objects only', { validationActions: ['Deny'], matchResources: { objectSelector: { matchLabels: { some: 'label' } } } }, 'Fail', []],
  ])('a guardrail that %s', (_, binding, failurePolicy, guards) => {
    const facts = factsFrom({
      ...none, namespaces: [namespace('a'), namespace('b')], policies: [{ metadata: { name: 'p' }, spec: { failurePolicy } }],
      policyBindings: [{ metadata: { name: 'p' }, spec: { policyName: 'p', ...binding } }],
    })
    expect(facts.guards).toEqual(guards)
  })
})

describe('what is reported', () => {
  const facts = factsFrom({
    ...none, namespaces: [namespace('development', { 'pod-security.kubernetes.io/enforce': 'restricted' })],
    clusterRoles: [{ metadata: { name: 'wide' }, rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*/exec', 'pods/*'] }] }],
    clusterRoleBindings: [{ metadata: { name: 'wide' }, roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'wide' }, subjects: [{ kind: 'Group', name: 'system:authenticated' }, { kind: 'ServiceAccount', namespace: 'development', name: 'robot' }] }],
  })
  const live = rightsIn(facts)

  test('what everybody got is told once, with who else got it', () => {
    const identities = boundedIdentities([{ environment: 'development', profile: 'viewer', account: 'access-ann-viewer' }])
    const judged = identities.map((identity) => ({ identity: identity.name, intended: { needed: [], powers: [] }, everybodys: [], closure: closureOf(live, identity) }))
    const findings = merged(judged.flatMap(judgeRights))
    expect(findings.map(({ sentence }) => sentence.slice(sentence.indexOf(' may ')))).toEqual([
      ' may every verb on */exec of every group in every namespace: ClusterRoleBinding wide gives it ClusterRole wide',
      ' may create pods/exec in development (ClusterRoleBinding wide gives ClusterRole wide), so it has the inside of the pods of development',
    ])
    expect(findings[0]?.others).toContain('development/access-ann-viewer')
    const { cells } = rightsEvidence(judged, findings, ['development'])
    expect(cells.filter(({ identity }) => identity === 'nobody')).toEqual([{ identity: 'nobody', ability: 'pods', state: 'beyond', where: ['development'] }])
  })

  test('a binding of the platform that speaks to somebody unknown is named', () => {
    expect(strangers(facts, boundedIdentities([]))).toEqual([
      'expected every binding of the platform to speak to somebody whom it ships, but ClusterRoleBinding wide gives ClusterRole wide to the account development/robot; remove it, or name the account development/robot in suites/intent/identities.ts',
    ])
  })

  test('the sample asks about wildcards filled in, about inert ones, and about everybody who is bound', () => {
    const sample = sampleOf(live)
    const asked = sample.filter(({ identity }) => identity.user === 'system:serviceaccount:development:robot').map(({ question, allowed }) => ['resource' in question ? question.resource : question.url, allowed])
    expect(asked[0]).toEqual(['pods/status', false])
    expect(sample.length).toBeGreaterThan(200)
  })
})
