import type { V1SubjectAccessReviewSpec } from '@kubernetes/client-node'
import { rightsIn, type LiveRights } from '../rights/grants.ts'
import { factsFrom } from '../rights/read.ts'
import type { Question } from '../rights/rules.ts'
import { sampleOf, type Asked } from '../rights/sample.ts'
import { reviewEach } from './access-review.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** Who may do what by the live objects. Rejects with IndeterminateError when a kind of them cannot be listed. */
export async function liveRights({ cluster }: Platform): Promise<LiveRights> {
  const { rbac, core, admission } = cluster
  const [roles, clusterRoles, roleBindings, clusterRoleBindings, accounts, pods, namespaces, policies, policyBindings] = await Promise.all([
    reading('list the roles of every namespace', rbac.listRoleForAllNamespaces()),
    reading('list the cluster roles', rbac.listClusterRole()),
    reading('list the role bindings of every namespace', rbac.listRoleBindingForAllNamespaces()),
    reading('list the cluster role bindings', rbac.listClusterRoleBinding()),
    reading('list the service accounts of every namespace', core.listServiceAccountForAllNamespaces()),
    reading('list the pods of every namespace', core.listPodForAllNamespaces()),
    reading('list the namespaces', core.listNamespace()),
    reading('list the admission policies', admission.listValidatingAdmissionPolicy()),
    reading('list the bindings of the admission policies', admission.listValidatingAdmissionPolicyBinding()),
  ])
  return rightsIn(factsFrom({
    roles: roles.items, clusterRoles: clusterRoles.items, roleBindings: roleBindings.items, clusterRoleBindings: clusterRoleBindings.items,
    accounts: accounts.items, pods: pods.items, namespaces: namespaces.items, policies: policies.items, policyBindings: policyBindings.items,
  }))
}

/** Asks the live authorizer what the engine was asked, and resolves with both answers. */
export async function secondOpinion(platform: Platform, live: LiveRights): Promise<(Asked & { authorizer: boolean })[]> {
  const answers = await reviewEach(platform, sampleOf(live), (asked) => ({
    what: askedWords(asked), spec: { user: asked.identity.user, groups: [...asked.identity.groups], ...attributesOf(asked.question) },
  }))
  return answers.map(({ row, allowed }) => ({ ...row, authorizer: allowed }))
}

function attributesOf(question: Question): Pick<V1SubjectAccessReviewSpec, 'resourceAttributes' | 'nonResourceAttributes'> {
  if ('url' in question) return { nonResourceAttributes: { verb: question.verb, path: question.url } }
  const { verb, group, resource, namespace, name } = question
  const [kind = '', ...sub] = resource.split('/')
  return {
    resourceAttributes: {
      verb, group, resource: kind,
      ...(sub.length === 0 ? {} : { subresource: sub.join('/') }), ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }),
    },
  }
}

/** "may system:serviceaccount:a:b get pods in c". */
export function askedWords({ identity, question }: Pick<Asked, 'identity' | 'question'>): string {
  const who = identity.user === 'somebody' ? `the group ${identity.groups[0] ?? ''}` : identity.user
  return 'url' in question ? `may ${who} ${question.verb} ${question.url}` : `may ${who} ${question.verb} ${question.resource}${question.group === '' ? '' : `.${question.group}`} in ${question.namespace ?? 'the cluster'}`
}
