import { masters, type Identity } from './grants.ts'
import { later, named, pairs, type Found, type Hold, type Look } from './look.ts'
import { namedAccounts, toAccount, toPower, workloadsIn } from './workload-steps.ts'

const clients = ['kubernetes.io/kube-apiserver-client', 'kubernetes.io/*']
const nodeClients = ['kubernetes.io/kube-apiserver-client-kubelet', 'kubernetes.io/*']

/** Impersonation takes the user and, with it, groups; a service account brings its own groups. */
export function impersonate(look: Look): Found[] {
  const users = look.find({ verbs: ['impersonate'], group: '', resource: 'users', namespace: undefined })
  const accounts = look.facts.namespaces.flatMap(({ name: namespace }) => look.find({ verbs: ['impersonate'], group: '', resource: 'serviceaccounts', namespace }).map((hold) => ({ hold, namespace })))
  const anybody = [...users, ...accounts.map(({ hold }) => hold)]
  const groups = anybody.length === 0 ? [] : look.find({ verbs: ['impersonate'], group: '', resource: 'groups', namespace: undefined })
  return [
    ...users.flatMap((hold) => (hold.names ?? subjects(look, 'User')).map((user) => toIdentity(`user ${user}`, { user, groups: ['system:authenticated'] }, hold))),
    ...accounts.flatMap(({ hold, namespace }) => namedAccounts(look, hold, namespace).map((account) => toAccount(account, hold))),
    ...groups.flatMap((hold) => (hold.names ?? [...subjects(look, 'Group'), masters]).map((group) => toIdentity(`group ${group}`, { user: 'anybody', groups: [group, 'system:authenticated'] }, hold))),
  ]
}

/** Tokens of other accounts: asked for, or as a Secret that the controller fills. */
export function takeTokens(look: Look): Found[] {
  return look.facts.namespaces.flatMap(({ name: namespace }) => {
    const asked = look.find({ verbs: ['create'], group: '', resource: 'serviceaccounts/token', namespace })
    const written = look.find({ verbs: ['create'], group: '', resource: 'secrets', namespace }).filter(({ held }) => !look.stopped('token-secret', held.by, { namespace }))
    const read = written.length === 0 ? [] : [...look.find({ verbs: ['get', 'list', 'watch'], group: '', resource: 'secrets', namespace }), ...workloadsIn(look, namespace)]
    return [
      ...asked.flatMap((hold) => namedAccounts(look, hold, namespace).map((account) => toAccount(account, hold))),
      ...pairs(written, read).slice(0, 1).flatMap(({ one, other }) => namedAccounts(look, { ...one, names: undefined }, namespace)
        .map((account) => toAccount(account, { held: { ...one.held, by: later(one, other) }, words: `${one.words} and ${other.words}` }))),
    ]
  })
}

/** Listing and watching Secrets shows what is in them, as getting them does. */
export function readSecrets(look: Look): Found[] {
  return look.facts.namespaces.flatMap(({ name: scope }) => look.find({ verbs: ['get', 'list', 'watch'], group: '', resource: 'secrets', namespace: scope })
    .filter(({ names }) => names === undefined)
    .map(({ held, words }) => toPower({ kind: 'secrets', scope }, { by: held.by, words })))
}

/** A certificate for any name but those of system:masters, which the API server refuses to have signed. */
export function signCertificates(look: Look): Found[] {
  const group = 'certificates.k8s.io'
  const asked = look.find({ verbs: ['create'], group, resource: 'certificatesigningrequests', namespace: undefined })
  const approved = look.find({ verbs: ['update', 'patch'], group, resource: 'certificatesigningrequests/approval', namespace: undefined })
  const signers = look.find({ verbs: ['approve'], group, resource: 'signers', namespace: undefined })
  return pairs(signers, pairs(asked, approved).slice(0, 1).map(({ one, other }) => both(one, other))).flatMap(({ one, other }) => {
    const hold = both(other, one)
    const people = named(one, clients).length === 0 ? [] : [
      ...subjects(look, 'User').map((user) => toIdentity(`user ${user}`, { user, groups: ['system:authenticated'] }, hold)),
      ...subjects(look, 'Group').filter((name) => name !== masters).map((name) => toIdentity(`group ${name}`, { user: 'anybody', groups: [name, 'system:authenticated'] }, hold)),
    ]
    return [...people, ...named(one, nodeClients).length === 0 ? [] : [toPower({ kind: 'nodes' }, { by: hold.held.by, words: hold.words })]]
  })
}

function both(one: Hold, other: Hold): Hold {
  return { held: { ...one.held, by: later(one, other) }, words: `${one.words} and ${other.words}`, names: undefined }
}

/** Everybody of a kind whom any binding names. Who is in no binding has nothing to take. */
function subjects(look: Look, kind: 'User' | 'Group'): string[] {
  return [...new Set(look.facts.bindings.flatMap((binding) => binding.subjects.filter((subject) => subject.kind === kind).map(({ name }) => name)))]
}

function toIdentity(key: string, identity: Identity, { held, words }: Hold): Found {
  return { key, by: held.by, how: `${words}, so it can be ${key}`, identity }
}
