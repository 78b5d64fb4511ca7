import { CoreV1Api, RbacAuthorizationV1Api } from '@kubernetes/client-node'
import type { KubeConfig, V1ObjectMeta } from '@kubernetes/client-node'
import { accessProfiles, environmentNames } from '../../../suites/intent/environments.ts'
import type { EnvironmentName } from '../../../suites/intent/environments.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import type { Grant } from './profiles.ts'

/** Label of every account and binding that somebody was issued; its value is the person. */
export const accessLabel = 'plumbline.dev/access'
const annotation = { by: 'plumbline.dev/access-issued-by', at: 'plumbline.dev/access-issued-at', until: 'plumbline.dev/access-expires-at', profile: 'plumbline.dev/access-profile' } as const
/** Pods may not run as accounts whose name begins so (chart guardrails, workloads.yaml). */
export const accountPrefix = 'access-'

/** An account that somebody was issued, as the cluster has it. */
export interface Account extends Grant {
  name: string
  issuedBy: string
  issuedAt: string
  expiresAt: string
  /** False when only its binding is left, as an interrupted removal leaves it. */
  there: boolean
}

export interface Accounts {
  /** Every account in every environment, or in one; also one whose binding is gone. */
  list: (environment?: EnvironmentName) => Promise<Account[]>
  /** Makes the account and its binding; what is there under the name is removed first, so that its tokens end. */
  make: (account: Omit<Account, 'there'>) => Promise<void>
  /** A token of it. Seconds; the API server gives none for less than 600. */
  token: (account: Pick<Account, 'name' | 'environment'>, seconds: number) => Promise<{ token: string, expiresAt: string }>
  /** From here on its tokens are answered 403. Harmless when it is gone. */
  unbind: (account: Pick<Account, 'name' | 'environment'>) => Promise<void>
  /** From here on, within 10 s, its tokens are answered 401. Harmless when it is gone. */
  remove: (account: Pick<Account, 'name' | 'environment'>) => Promise<void>
}

export function accountName({ person, profile }: Pick<Grant, 'person' | 'profile'>): string {
  return `${accountPrefix}${person}-${profile}`
}

/** Issued accounts through the API server. Every method rejects with a CommandFailure that says what it was answered. */
export function accountsOn(cluster: KubeConfig, namespaces: Readonly<Record<string, string>>): Accounts {
  const core = cluster.makeApiClient(CoreV1Api)
  const rbac = cluster.makeApiClient(RbacAuthorizationV1Api)
  const namespaceOf = (environment: EnvironmentName): string => {
    const found = namespaces[environment]
    if (found === undefined) throw new CommandFailure(`The Terraform outputs name no environment ${environment}; run \`npx plumbline provision\`.`, exitCodes.usage)
    return found
  }
  const unbind: Accounts['unbind'] = async ({ name, environment }) => {
    await unlessAbsent(`remove the role binding ${name} in ${environment}`, rbac.deleteNamespacedRoleBinding({ namespace: namespaceOf(environment), name }))
  }
  const remove: Accounts['remove'] = async ({ name, environment }) => {
    await unlessAbsent(`remove the account ${name} in ${environment}`, core.deleteNamespacedServiceAccount({ namespace: namespaceOf(environment), name }))
  }
  return {
    unbind,
    remove,
    list: async (only) => {
      const wanted = environmentNames.filter((environment) => only === undefined || environment === only)
      const found = await Promise.all(wanted.map(async (environment) => {
        const namespace = namespaceOf(environment)
        const [accounts, bindings] = await Promise.all([
          answered(`list the accounts issued in ${environment}`, core.listNamespacedServiceAccount({ namespace, labelSelector: accessLabel })),
          answered(`list the role bindings issued in ${environment}`, rbac.listNamespacedRoleBinding({ namespace, labelSelector: accessLabel })),
        ])
        const byName = new Map([...bindings.items, ...accounts.items].map(({ metadata }) => [metadata?.name ?? '', metadata]))
        const there = new Set(accounts.items.map(({ metadata }) => metadata?.name))
        return [...byName.values()].map((metadata) => ({ ...accountIn(environment, metadata), there: there.has(metadata?.name) }))
      }))
      return found.flat().sort((a, b) => `${a.person} ${a.environment}` < `${b.person} ${b.environment}` ? -1 : 1)
    },
    make: async (account) => {
      const { name, environment, profile } = account
      const namespace = namespaceOf(environment)
      await unbind(account)
      await remove(account)
      const metadata = { name, namespace, labels: labelsOf(account), annotations: annotationsOf(account) }
      await answered(`make the account ${name} in ${environment}`, core.createNamespacedServiceAccount({ namespace, body: { metadata, automountServiceAccountToken: false } }))
      await answered(`bind the account ${name} to the role ${profile} of ${environment}`, rbac.createNamespacedRoleBinding({
        namespace,
        body: { metadata, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: profile }, subjects: [{ kind: 'ServiceAccount', name, namespace }] },
      }))
    },
    token: async ({ name, environment }, seconds) => {
      const { status } = await answered(`get a token of ${name} in ${environment}`, core.createNamespacedServiceAccountToken({
        namespace: namespaceOf(environment), name, body: { spec: { audiences: [], expirationSeconds: seconds } },
      }))
      if (status?.token === undefined || status.expirationTimestamp === undefined) throw new CommandFailure(`The API server gave no token of ${name} in ${environment}, and no reason.`, exitCodes.partial)
      return { token: status.token, expiresAt: status.expirationTimestamp.toISOString() }
    },
  }
}

function labelsOf({ person }: Grant): Record<string, string> {
  return { [accessLabel]: person, 'app.kubernetes.io/part-of': 'plumbline', 'app.kubernetes.io/managed-by': 'plumbline-access' }
}

function annotationsOf({ issuedBy, issuedAt, expiresAt, profile }: Omit<Account, 'there'>): Record<string, string> {
  return { [annotation.by]: issuedBy, [annotation.at]: issuedAt, [annotation.until]: expiresAt, [annotation.profile]: profile }
}

const never = new Date(0).toISOString()

/** What is not said counts as over: such an account was made by nobody's command and is removed. */
function accountIn(environment: EnvironmentName, metadata: V1ObjectMeta | undefined): Omit<Account, 'there'> {
  const said = { [annotation.by]: 'nobody', [annotation.at]: never, [annotation.until]: never, [annotation.profile]: '', ...metadata?.annotations }
  const name = metadata?.name ?? ''
  return {
    name, environment,
    person: metadata?.labels?.[accessLabel] ?? '',
    profile: accessProfiles.find((one) => one === said[annotation.profile] || name.endsWith(`-${one}`)) ?? 'viewer',
    issuedBy: said[annotation.by], issuedAt: said[annotation.at], expiresAt: said[annotation.until],
  }
}

async function unlessAbsent(what: string, request: Promise<unknown>): Promise<void> {
  try {
    await request
  } catch (error) {
    if (statusOf(error) !== 404) throw refused(what, error)
  }
}

async function answered<T>(what: string, request: Promise<T>): Promise<T> {
  return request.catch((error: unknown) => {
    throw refused(what, error)
  })
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined
}

function refused(what: string, error: unknown): CommandFailure {
  const status = statusOf(error)
  const seen = status === undefined ? `did not answer (${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)})` : `answered ${status} (${messageIn(error)})`
  return new CommandFailure(`Expected to ${what}, but the API server ${seen}. See whether the cluster is up with \`npx plumbline status\` and the platform whole with \`npx plumbline provision\`.`, exitCodes.partial)
}

function messageIn(error: unknown): string {
  const body = typeof error === 'object' && error !== null && 'body' in error ? error.body : undefined
  if (typeof body !== 'string') return 'without a message'
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && 'message' in parsed ? String(parsed.message) : 'without a message'
  } catch {
    return body.split('\n')[0] ?? ''
  }
}
