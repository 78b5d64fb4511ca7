import { CoreV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node'
import type { KubeConfig } from '@kubernetes/client-node'
import { accessProfiles, accessLabel, environmentNames, groupOf, runLabel } from '../../../suites/intent/environments.ts'
import { canaries, type Grant } from '../../../suites/intent/escalations.ts'
import { shippedIdentities, type LiveAccount } from '../../../suites/intent/identities.ts'
import { personOfRun } from '../../../suites/lib/issued.ts'
import { pooled } from '../../../suites/lib/pool.ts'
import type { AttemptIdentities } from '../../../suites/lib/attempts-offer.ts'
import { accountName, accountsOn } from '../access/accounts.ts'

/** Seconds. A pass takes less than two minutes. */
const tokenLifetime = 900
/** Requests at the same time. */
const width = 32
const group = 'rbac.authorization.k8s.io'

/** Which run, and where. */
export interface AttemptsPlace {
  cluster: KubeConfig
  /** Label of the run. */
  run: string
  /** Namespaces of the environments. */
  namespaces: Readonly<Record<string, string>>
}

/** The verifier may remove it too: the guardrail knows its namespaces by this prefix. */
function namespaceOf(run: string): string {
  return `plumbline-probe-canaries-${run}`
}

function apis(cluster: KubeConfig): { core: CoreV1Api, rbac: RbacAuthorizationV1Api } {
  return { core: cluster.makeApiClient(CoreV1Api), rbac: cluster.makeApiClient(RbacAuthorizationV1Api) }
}

/**
 * Makes what escalations are tried with, as the operator: for every canary a role, a binding and (where it makes attempts itself) an account, all with the
 * run's label; an account for each profile of each environment, as `access issue` makes them; tokens of at most 15 minutes of these and of every identity
 * that the platform ships. Rejects when the API server refuses any of it.
 */
export async function makeIdentities(place: AttemptsPlace): Promise<AttemptIdentities> {
  const { core } = apis(place.cluster)
  const namespace = namespaceOf(place.run)
  await core.createNamespace({ body: { metadata: { name: namespace, labels: labelsOf(place.run) } } })
  const [canaryTokens, people, live] = await Promise.all([makeCanaries(place, namespace), issueToPeople(place), liveAccounts(core)])
  const there = new Set(live.map((one) => `${one.namespace}/${one.name}`))
  const shipped = shippedIdentities.flatMap(({ name, account }) => account === undefined || !there.has(`${account.namespace}/${account.name}`) ? [] : [{ name, account }])
  const tokens = await pooled([...shipped, { name: 'nobody', account: { namespace, name: 'nobody' } }], width, async ({ name, account }) => [name, await tokenOf(core, account)] as const)
  return { namespace, accounts: live, people: people.names, tokens: { ...people.tokens, ...Object.fromEntries(tokens) }, canaries: canaryTokens }
}

/** Every account of the cluster but those of its own controllers. */
async function liveAccounts(core: CoreV1Api): Promise<LiveAccount[]> {
  const { items } = await core.listServiceAccountForAllNamespaces()
  return items.map(({ metadata, automountServiceAccountToken }) => ({
    namespace: metadata?.namespace ?? '', name: metadata?.name ?? '', person: metadata?.labels?.[accessLabel], automounted: automountServiceAccountToken !== false,
  }))
}

/** Resolves with the tokens of those that make attempts, by account. */
async function makeCanaries({ cluster, run }: AttemptsPlace, namespace: string): Promise<Record<string, string>> {
  const { core, rbac } = apis(cluster)
  const byAccount = new Map(canaries.map((canary) => [canary.account, canary.grants]))
  const speaking = new Set(canaries.filter(({ attempts }) => attempts).map(({ account }) => account))
  await Promise.all([
    pooled([...byAccount], width, async ([account, grants]) => {
      const metadata = { name: `${namespace}-${account}`, labels: labelsOf(run) }
      await rbac.createClusterRole({ body: { metadata, rules: grants.map(ruleOf) } })
      await rbac.createClusterRoleBinding({ body: { metadata, roleRef: { apiGroup: group, kind: 'ClusterRole', name: metadata.name }, subjects: [{ kind: 'ServiceAccount', namespace, name: account }] } })
    }),
    pooled([...speaking, 'nobody'], width, async (name) => core.createNamespacedServiceAccount({ namespace, body: { metadata: { name, labels: labelsOf(run) }, automountServiceAccountToken: false } })),
  ])
  return Object.fromEntries(await pooled([...speaking], width, async (name) => [name, await tokenOf(core, { namespace, name })] as const))
}

function ruleOf({ verb, group: apiGroup, resource, subresource, name }: Grant): { apiGroups: string[], resources: string[], verbs: string[], resourceNames?: string[] } {
  return { apiGroups: [apiGroup], resources: [subresource === undefined ? resource : `${resource}/${subresource}`], verbs: [verb], ...name === undefined ? {} : { resourceNames: [name] } }
}

function labelsOf(run: string): Record<string, string> {
  return { [runLabel]: run, 'app.kubernetes.io/part-of': 'plumbline', 'app.kubernetes.io/managed-by': 'plumbline-attempts' }
}

/** Somebody of the run's own with each profile of each environment; by the name of the group whose rights they have. */
async function issueToPeople({ cluster, run, namespaces }: AttemptsPlace): Promise<{ tokens: Record<string, string>, names: Record<string, string> }> {
  const accounts = accountsOn(cluster, namespaces)
  const now = Date.now()
  const wanted = environmentNames.flatMap((environment) => accessProfiles.map((profile) => ({ environment, profile })))
  const issued = await pooled(wanted, width, async ({ environment, profile }) => {
    const person = `${personOfRun(run)}-attempts`
    const name = accountName({ person, profile })
    await accounts.make({ name, environment, person, profile, issuedBy: 'plumbline conform', issuedAt: new Date(now).toISOString(), expiresAt: new Date(now + tokenLifetime * 1000).toISOString() })
    return { group: groupOf(environment, profile), user: `system:serviceaccount:${namespaces[environment] ?? environment}:${name}`, ...await accounts.token({ name, environment }, tokenLifetime) }
  })
  return { tokens: Object.fromEntries(issued.map((one) => [one.group, one.token])), names: Object.fromEntries(issued.map((one) => [one.group, one.user])) }
}

async function tokenOf(core: CoreV1Api, { namespace, name }: { namespace: string, name: string }): Promise<string> {
  const { status } = await core.createNamespacedServiceAccountToken({ namespace, name, body: { spec: { audiences: [], expirationSeconds: tokenLifetime } } })
  if (status?.token === undefined || status.token === '') throw new Error(`expected a token of ${namespace}/${name}, but the answer held none`)
  return status.token
}

/** Names of what is there of a run: its roles and bindings in the cluster, its namespace, its people. */
export async function madeIdentities({ cluster, run, namespaces }: AttemptsPlace): Promise<string[]> {
  const { core, rbac } = apis(cluster)
  const labelSelector = `${runLabel}=${run}`
  const [roles, bindings, spaces, people] = await Promise.all([
    rbac.listClusterRole({ labelSelector }), rbac.listClusterRoleBinding({ labelSelector }), core.listNamespace({ labelSelector, fieldSelector: `metadata.name=${namespaceOf(run)}` }), accountsOn(cluster, namespaces).list(),
  ])
  const named = (kind: string, { items }: { items: { metadata?: { name?: string } }[] }) => items.map(({ metadata }) => `${kind} ${metadata?.name ?? ''}`)
  return [
    ...named('ClusterRole', roles), ...named('ClusterRoleBinding', bindings), ...named('Namespace', spaces),
    ...people.filter((one) => one.person === `${personOfRun(run)}-attempts`).map(({ environment, name }) => `ServiceAccount ${environment}/${name}`),
  ]
}

/** Removes all of it. A namespace is gone a few seconds later; the rights are gone at once. */
export async function removeIdentities(place: AttemptsPlace): Promise<void> {
  const { core, rbac } = apis(place.cluster)
  const labelSelector = `${runLabel}=${place.run}`
  const accounts = accountsOn(place.cluster, place.namespaces)
  await rbac.deleteCollectionClusterRoleBinding({ labelSelector })
  await rbac.deleteCollectionClusterRole({ labelSelector })
  const people = (await accounts.list()).filter(({ person }) => person === `${personOfRun(place.run)}-attempts`)
  await pooled(people, width, async (one) => {
    await accounts.unbind(one)
    await accounts.remove(one)
  })
  const { items } = await core.listNamespace({ labelSelector, fieldSelector: `metadata.name=${namespaceOf(place.run)}` })
  for (const { metadata } of items) if (metadata?.deletionTimestamp === undefined) await core.deleteNamespace({ name: namespaceOf(place.run) })
}
