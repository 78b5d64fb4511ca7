import type {
  V1ClusterRole, V1ClusterRoleBinding, V1MatchResources, V1Namespace, V1ObjectMeta, V1Pod, V1PolicyRule, V1Role, V1RoleBinding, V1ServiceAccount, V1ValidatingAdmissionPolicy, V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node'
import { runLabel } from '../../intent/environments.ts'
import { selectorSchema, selects } from '../label-selector.ts'
import type { Binding, Guard, RightsFacts, Role } from './facts.ts'
import type { Rule } from './rules.ts'

/** Objects as the API server lists them. */
export interface RightsObjects {
  roles: readonly V1Role[]
  clusterRoles: readonly V1ClusterRole[]
  roleBindings: readonly V1RoleBinding[]
  clusterRoleBindings: readonly V1ClusterRoleBinding[]
  accounts: readonly V1ServiceAccount[]
  pods: readonly V1Pod[]
  namespaces: readonly V1Namespace[]
  policies: readonly V1ValidatingAdmissionPolicy[]
  policyBindings: readonly V1ValidatingAdmissionPolicyBinding[]
}

/** The facts in a list of objects. What a run of the verifier made for itself is left out: its namespaces go with it. */
export function factsFrom(objects: RightsObjects): RightsFacts {
  const own = new Set(objects.namespaces.filter(({ metadata }) => metadata?.labels?.[runLabel] !== undefined).map(({ metadata }) => metadata?.name))
  const here = <T extends { metadata?: { namespace?: string } }>(items: readonly T[]): T[] => items.filter(({ metadata }) => !own.has(metadata?.namespace))
  const namespaces = objects.namespaces.filter(({ metadata }) => !own.has(metadata?.name))
  return {
    roles: [...here(objects.roles), ...objects.clusterRoles].map(roleFrom),
    bindings: [...here(objects.roleBindings), ...objects.clusterRoleBindings].map(bindingFrom),
    accounts: here(objects.accounts).map(({ metadata }) => ({ namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' })),
    pods: here(objects.pods).map(({ metadata, spec }) => ({
      namespace: metadata?.namespace ?? '', name: metadata?.name ?? '', account: spec?.serviceAccountName ?? 'default',
      // Admission has put the token's volume in by now, where there is to be one.
      token: (spec?.volumes ?? []).some(({ projected }) => (projected?.sources ?? []).some(({ serviceAccountToken }) => serviceAccountToken !== undefined)),
    })),
    namespaces: namespaces.map(({ metadata }) => ({ name: metadata?.name ?? '', podSecurity: metadata?.labels?.['pod-security.kubernetes.io/enforce'] })),
    guards: objects.policyBindings.flatMap((binding) => guardFrom(binding, objects.policies, namespaces)),
  }
}

function roleFrom(role: V1Role | V1ClusterRole): Role {
  const { metadata = {}, rules = [], aggregationRule }: V1ClusterRole = role
  const selectors = aggregationRule?.clusterRoleSelectors ?? []
  return { ...identityOf(metadata), rules: rules.map(ruleFrom), labels: metadata.labels ?? {}, aggregates: selectors.map((selector) => selectorSchema.parse(selector)) }
}

function identityOf({ namespace, name = '', creationTimestamp }: V1ObjectMeta): Pick<Role, 'namespace' | 'name' | 'created'> {
  return { namespace, name, created: creationTimestamp === undefined ? undefined : new Date(creationTimestamp) }
}

function ruleFrom({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: V1PolicyRule): Rule {
  return { verbs, groups: apiGroups ?? [], resources: resources ?? [], names: resourceNames ?? [], urls: nonResourceURLs ?? [] }
}

function bindingFrom({ metadata, roleRef, subjects }: V1RoleBinding | V1ClusterRoleBinding): Binding {
  return {
    ...identityOf(metadata ?? {}),
    role: { kind: roleRef.kind === 'Role' ? 'Role' : 'ClusterRole', name: roleRef.name },
    subjects: (subjects ?? []).map(({ kind, name, namespace }) => ({ kind, name, ...(namespace === undefined ? {} : { namespace }) })),
  }
}

/** An admission policy counts where it refuses, also when it cannot be evaluated, and its binding says where by namespaces alone. */
function guardFrom({ spec }: V1ValidatingAdmissionPolicyBinding, policies: readonly V1ValidatingAdmissionPolicy[], namespaces: readonly V1Namespace[]): Guard[] {
  const { policyName, validationActions, matchResources = {} } = spec
  const refusing = policies.filter(({ metadata, spec: of }) => of !== undefined && of.failurePolicy !== 'Ignore' && metadata?.name === policyName)
  if (!validationActions.includes('Deny') || refusing.length === 0 || narrowed(matchResources)) return []
  if (matchResources.namespaceSelector === undefined) return [{ policy: policyName, namespaces: undefined }]
  const selector = selectorSchema.parse(matchResources.namespaceSelector)
  return [{ policy: policyName, namespaces: namespaces.filter(({ metadata }) => selects(selector, { ...metadata?.labels, 'kubernetes.io/metadata.name': metadata?.name ?? '' })).map(({ metadata }) => metadata?.name ?? '') }]
}

function narrowed({ objectSelector, resourceRules, excludeResourceRules }: V1MatchResources): boolean {
  return [objectSelector?.matchLabels, objectSelector?.matchExpressions, resourceRules, excludeResourceRules].some((part) => part !== undefined && Object.keys(part).length > 0)
}
