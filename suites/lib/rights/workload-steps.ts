import { serviceAccount } from '../../intent/accounts.ts'
import type { Account, RightsFacts } from './facts.ts'
import { named, pairs, later, powerKey, type Found, type Hold, type Look, type Power } from './look.ts'

/** What makes pods, by API group. A pod itself is made once: changing it is entering it. */
const creators: readonly { group: string, resource: string, verbs: readonly string[] }[] = [
  { group: '', resource: 'pods', verbs: ['create'] },
  { group: '', resource: 'replicationcontrollers', verbs: ['create', 'update', 'patch'] },
  ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => ({ group: 'apps', resource, verbs: ['create', 'update', 'patch'] })),
  ...['jobs', 'cronjobs'].map((resource) => ({ group: 'batch', resource, verbs: ['create', 'update', 'patch'] })),
]

const intoPods: readonly { resource: string, verbs: readonly string[] }[] = [
  { resource: 'pods/exec', verbs: ['create', 'get'] },
  { resource: 'pods/attach', verbs: ['create', 'get'] },
  { resource: 'pods/ephemeralcontainers', verbs: ['update', 'patch'] },
  { resource: 'pods', verbs: ['update', 'patch'] },
]

const throughServer: readonly { resource: string, verbs: readonly string[] }[] = [
  { resource: 'pods/portforward', verbs: ['create', 'get'] },
  { resource: 'pods/proxy', verbs: ['get', 'create', 'update', 'patch', 'delete'] },
  { resource: 'services/proxy', verbs: ['get', 'create', 'update', 'patch', 'delete'] },
]

export function toAccount(account: Account, hold: Pick<Hold, 'held' | 'words'>): Found {
  const { namespace, name } = account
  const key = `account ${namespace}/${name}`
  return { key, by: hold.held.by, how: `${hold.words}, so it can use ${key}`, identity: serviceAccount(namespace, name) }
}

export function toPower(power: Power, hold: { by: Hold['held']['by'], words: string }): Found {
  return { key: powerKey(power), by: hold.by, how: `${hold.words}, so it has ${powerKey(power)}`, power }
}

export function workloadsIn(look: Look, namespace: string): Hold[] {
  return creators.flatMap((creator) => look.find({ ...creator, namespace }))
}

/** Accounts of a namespace; with `made`, also those that a binding names and nobody has made. */
function accountsIn(facts: RightsFacts, namespace: string, made: boolean): Account[] {
  const there = facts.accounts.filter((account) => account.namespace === namespace)
  if (!made) return there
  const dangling = facts.bindings.flatMap((binding) => binding.subjects
    .filter((subject) => subject.kind === 'ServiceAccount' && (subject.namespace ?? binding.namespace) === namespace)
    .map(({ name }) => ({ namespace, name })))
  return [...there, ...dangling.filter(({ name }) => !there.some((one) => one.name === name))]
}

/** Who makes a workload chooses the account that it runs as and the Secrets that it mounts, and perhaps gets hold of its node. */
export function makeWorkloads(look: Look): Found[] {
  return look.facts.namespaces.flatMap(({ name: namespace, podSecurity }) => {
    const makers = byActor(workloadsIn(look, namespace))
    if (makers.length === 0) return []
    const mayMake = look.find({ verbs: ['create'], group: '', resource: 'serviceaccounts', namespace }).length > 0
    const accounts = accountsIn(look.facts, namespace, mayMake)
    const labels = look.power({ kind: 'labels', scope: namespace })
    const fenced = (podSecurity === 'restricted' || podSecurity === 'baseline') && labels === undefined
    return makers.flatMap((maker) => {
      const { by } = maker.held
      const free = (detour: 'mount-secret' | 'privileged-pod') => !look.stopped(detour, by, { namespace })
      return [
        ...accounts.filter(({ name }) => !look.stopped('run-as', by, { namespace, account: name })).map((account) => toAccount(account, maker)),
        ...free('mount-secret') ? [toPower({ kind: 'secrets', scope: namespace }, { by, words: maker.words })] : [],
        ...!fenced && free('privileged-pod') ? [toPower({ kind: 'nodes' }, { by: labels !== undefined && labels.depth >= by.depth ? labels : by, words: maker.words })] : [],
      ]
    })
  })
}

/** Who enters a pod has the token that lies in it. */
export function enterPods(look: Look): Found[] {
  return look.facts.namespaces.flatMap(({ name: namespace }) => byActor(intoPods.flatMap((way) => look.find({ ...way, group: '', namespace })))
    .filter(({ held }) => !look.stopped('enter-pod', held.by, { namespace }))
    .flatMap((hold) => [
      toPower({ kind: 'pods', scope: namespace }, { by: hold.held.by, words: hold.words }),
      ...look.facts.pods.filter((pod) => pod.namespace === namespace && pod.token && (hold.names?.includes(pod.name) ?? true))
        .map(({ account }) => toAccount({ namespace, name: account }, hold)),
    ]))
}

export function passThroughServer(look: Look): Found[] {
  return look.facts.namespaces.flatMap(({ name: namespace }) => throughServer.flatMap((way) => look.find({ ...way, group: '', namespace }))
    .map(({ held, words }) => toPower({ kind: 'connections', scope: namespace }, { by: held.by, words })))
}

/** The kubelet runs commands in any pod of its node for whoever may `get` or `create` nodes/proxy, past admission and audit. */
export function takeNodes(look: Look): Found[] {
  const proxies = look.find({ verbs: ['get', 'create'], group: '', resource: 'nodes/proxy', namespace: undefined })
  const volumes = look.find({ verbs: ['create'], group: '', resource: 'persistentvolumes', namespace: undefined })
  const mounted = volumes.length === 0 ? [] : look.facts.namespaces.flatMap(({ name: namespace }) => pairs(volumes, pairs(
    workloadsIn(look, namespace), look.find({ verbs: ['create'], group: '', resource: 'persistentvolumeclaims', namespace }),
  ).map(({ one, other }) => ({ ...one, words: `${one.words} and ${other.words}` }))))
  return [
    ...proxies.map(({ held, words }) => toPower({ kind: 'nodes' }, { by: held.by, words })),
    ...mounted.map(({ one, other }) => toPower({ kind: 'nodes' }, { by: later(one, other), words: `${one.words} and ${other.words}` })),
  ]
}

/** A node holds the tokens of every pod that runs there, and its pods move. */
export function leaveNodes(look: Look): Found[] {
  const nodes = look.power({ kind: 'nodes' })
  if (nodes === undefined) return []
  return look.facts.pods.filter(({ token }) => token).map(({ namespace, account }) => {
    const key = `account ${namespace}/${account}`
    return { key, by: nodes, how: `finds there the tokens of every pod, among them that of ${key}`, identity: serviceAccount(namespace, account) }
  })
}

/** Admission looks at who acts: one hold for each of them is enough, the nearest first. */
function byActor(holds: readonly Hold[]): Hold[] {
  const first = new Map<string, Hold>()
  for (const hold of holds.toSorted((a, b) => a.held.by.depth - b.held.by.depth)) {
    const key = `${hold.held.by.actor} ${hold.names === undefined ? '' : hold.names.join(',')}`
    if (!first.has(key)) first.set(key, hold)
  }
  return [...first.values()]
}

/** Accounts among those of a namespace that a hold reaches by name. */
export function namedAccounts(look: Look, hold: Hold, namespace: string): Account[] {
  const accounts = accountsIn(look.facts, namespace, false)
  const reachable = named(hold, accounts.map(({ name }) => name))
  return accounts.filter(({ name }) => reachable.includes(name))
}
