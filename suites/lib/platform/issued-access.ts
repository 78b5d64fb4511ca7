import type { V1ObjectMeta, V1RoleBinding } from '@kubernetes/client-node'
import { accessLabel, accessMarks, environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** An access that somebody was issued, as the cluster has it. */
export interface IssuedAccess {
  person: string
  environment: EnvironmentName
  profile: string
  account: string
  issuedAt: string
  expiresAt: string
  /** Whether the account and the binding are there; an access has both. */
  hasAccount: boolean
  /** The role that it is bound to by its own binding, and to whom that binding speaks. */
  binding: { role: string, subjects: string[] } | undefined
}

/** Every issued access in every environment. Rejects with IndeterminateError when one cannot be looked at. */
export async function issuedAccess(platform: Platform): Promise<IssuedAccess[]> {
  const { core, rbac } = platform.cluster
  const found = await Promise.all(environmentNames.map(async (environment): Promise<IssuedAccess[]> => {
    const namespace = platform.namespaceOf(environment)
    const [accounts, bindings] = await Promise.all([
      reading(`list the accounts issued in ${environment}`, core.listNamespacedServiceAccount({ namespace, labelSelector: accessLabel })),
      reading(`list the bindings issued in ${environment}`, rbac.listNamespacedRoleBinding({ namespace, labelSelector: accessLabel })),
    ])
    const there = new Map([...bindings.items, ...accounts.items].map(({ metadata }) => [metadata?.name ?? '', metadata]))
    return [...there].map(([account, metadata]) => ({
      account, environment,
      ...saidBy(metadata),
      hasAccount: accounts.items.some((one) => one.metadata?.name === account),
      binding: bindingOf(bindings.items.find((binding) => binding.metadata?.name === account)),
    }))
  }))
  return found.flat()
}

function saidBy(metadata: V1ObjectMeta | undefined): Pick<IssuedAccess, 'person' | 'profile' | 'issuedAt' | 'expiresAt'> {
  const said = metadata?.annotations ?? {}
  return { person: metadata?.labels?.[accessLabel] ?? '', profile: said[accessMarks.profile] ?? '', issuedAt: said[accessMarks.issuedAt] ?? '', expiresAt: said[accessMarks.expiresAt] ?? '' }
}

function bindingOf(binding: V1RoleBinding | undefined): IssuedAccess['binding'] {
  if (binding === undefined) return undefined
  return { role: `${binding.roleRef.kind} ${binding.roleRef.name}`, subjects: (binding.subjects ?? []).map(({ kind, namespace, name }) => `${kind} ${namespace ?? ''}/${name}`) }
}
