import { serviceAccount } from '../../intent/accounts.ts'
import { environmentNames, type AccessProfile, type EnvironmentName } from '../../intent/environments.ts'
import { platformNamespaces, shippedIdentities } from '../../intent/identities.ts'
import type { IntendedRights } from '../../intent/needed.ts'
import { intendedRights } from '../../intent/rights.ts'
import { bindingName, type RightsFacts } from './facts.ts'
import type { Identity } from './grants.ts'

/** Somebody whose rights are held against an intent. */
export interface Bounded extends Identity { name: string, kind: string, intended: IntendedRights }

/** An account that somebody was issued. */
export interface Issued { environment: EnvironmentName, profile: string, account: string }

/** Everybody whom the platform ships, and everybody who was issued access: their account holds what their profile is for. */
export function boundedIdentities(issued: readonly Issued[]): Bounded[] {
  return [
    ...shippedIdentities.map((one) => ({ name: one.name, kind: one.kind, user: one.user, groups: one.groups, intended: intendedRights(one) })),
    ...issued.map(({ environment, profile, account }) => ({
      name: `${environment}/${account}`, kind: profile, ...serviceAccount(environment, account), intended: intendedRights({ kind: profileOf(profile), namespace: environment }),
    })),
  ]
}

const nothing = 'default'
function profileOf(profile: string): AccessProfile | typeof nothing {
  return profile === 'viewer' || profile === 'deployer' || profile === 'environment-admin' ? profile : nothing
}

/** Bindings that speak to somebody in the platform's namespaces, or of its groups, who is nobody that it ships: a sentence each. */
export function strangers(facts: RightsFacts, known: readonly Bounded[]): string[] {
  const users = new Set(known.map(({ user }) => user))
  const groups = new Set(known.flatMap(({ groups: of }) => of))
  const home: readonly string[] = [...environmentNames, ...platformNamespaces]
  return facts.bindings.flatMap((binding) => binding.subjects.flatMap((subject) => {
    const { kind, name } = subject
    const of = subject.namespace ?? binding.namespace ?? ''
    const [place, who, meant] = kind === 'ServiceAccount'
      ? [of, `the account ${of}/${name}`, users.has(serviceAccount(of, name).user)]
      : [binding.namespace ?? '', `the ${kind.toLowerCase()} ${name}`, (kind === 'Group' ? groups : users).has(name)]
    return !home.includes(place) || meant ? [] : [`expected every binding of the platform to speak to somebody whom it ships, but ${bindingName(binding)} gives ${binding.role.kind} ${binding.role.name} to ${who}; remove it, or name ${who} in suites/intent/identities.ts`]
  }))
}
