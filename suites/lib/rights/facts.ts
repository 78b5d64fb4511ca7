import type { Subject } from '../../intent/access.ts'
import type { Rule } from './rules.ts'

/** Labels of ClusterRoles whose rules an aggregated ClusterRole takes over. */
export interface Selector {
  labels: Readonly<Record<string, string>>
  expressions: readonly { key: string, operator: string, values: readonly string[] }[]
}

export interface Role {
  /** Undefined for a ClusterRole. */
  namespace: string | undefined
  name: string
  rules: readonly Rule[]
  labels: Readonly<Record<string, string>>
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

export function selects({ labels, expressions }: Selector, of: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => of[key] === value)
    && expressions.every(({ key, operator, values }) => expressionHolds(operator, values, of[key]))
}

function expressionHolds(operator: string, values: readonly string[], value: string | undefined): boolean {
  const among = value !== undefined && values.includes(value)
  const answers: Readonly<Record<string, boolean>> = { In: among, NotIn: !among, Exists: value !== undefined, DoesNotExist: value === undefined }
  const answer = answers[operator]
  if (answer === undefined) throw new TypeError(`expected a selector to say In, NotIn, Exists or DoesNotExist, but it says ${operator}`)
  return answer
}
