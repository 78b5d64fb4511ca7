import type { Subject } from '../../intent/access.ts'
import type { Labels, Selector } from '../label-selector.ts'
import type { Rule } from './rules.ts'

export interface Role {
  /** Undefined for a ClusterRole. */
  namespace: string | undefined
  name: string
  rules: readonly Rule[]
  labels: Labels
  /** Labels of ClusterRoles whose rules an aggregated ClusterRole takes over. */
  aggregates: readonly Selector[]
  /** Undefined where nobody said it. */
  created?: Date | undefined
}

export interface Binding {
  /** Undefined for a ClusterRoleBinding. */
  namespace: string | undefined
  name: string
  role: { kind: 'Role' | 'ClusterRole', name: string }
  subjects: readonly Subject[]
  created?: Date | undefined
}

export interface Account { namespace: string, name: string }

/** A pod: the account that it runs as, and whether the account's token lies in it. */
export interface PodFact extends Account { account: string, token: boolean }

/** A namespace with the Pod Security level that it enforces; undefined when it enforces none. */
export interface Namespace { name: string, podSecurity: string | undefined }

/** An admission policy that refuses, and where; undefined is everywhere. */
export interface Guard { policy: string, namespaces: readonly string[] | undefined }

/** Everything that decides who may do what. All of it is data; nothing here asks anybody. */
export interface RightsFacts {
  roles: readonly Role[]
  bindings: readonly Binding[]
  accounts: readonly Account[]
  pods: readonly PodFact[]
  namespaces: readonly Namespace[]
  guards: readonly Guard[]
}

/** "ClusterRoleBinding view-all", "RoleBinding development/deployer". */
export function bindingName({ namespace, name }: Pick<Binding, 'namespace' | 'name'>): string {
  return namespace === undefined ? `ClusterRoleBinding ${name}` : `RoleBinding ${namespace}/${name}`
}
