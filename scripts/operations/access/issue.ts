import { accountName } from './accounts.ts'
import type { Account } from './accounts.ts'
import { removeExpired } from './expired.ts'
import { kubeconfigFor, usualPlace, writePrivately } from './kubeconfig.ts'
import type { Grant } from './profiles.ts'
import { noteAccess } from './records.ts'
import type { AccessSession } from './session.ts'

export interface Issued extends Grant {
  expiresAt: string
  /** Path of the kubeconfig file. */
  kubeconfig: string
  issuedBy: string
}

export interface IssueOptions { grant: Grant, seconds: number, by: string, output?: string | undefined }

/**
 * Gives a person a profile of an environment for a while: an account of their own, bound to the profile's role there and nowhere else, and a
 * kubeconfig with an expiring token of it. It is recorded before it is handed out; where that fails nothing of it is left.
 */
export async function issueAccess(session: AccessSession, { grant, seconds, by, output }: IssueOptions): Promise<Issued> {
  await removeExpired(session)
  const { accounts, cluster, outputs, records, target } = session
  const issuedAt = new Date()
  const account: Omit<Account, 'there'> = {
    ...grant, name: accountName(grant), issuedBy: by, issuedAt: issuedAt.toISOString(), expiresAt: new Date(issuedAt.getTime() + seconds * 1000).toISOString(),
  }
  try {
    await accounts.make(account)
    const { token, expiresAt } = await accounts.token(account, seconds)
    const namespace = outputs.environments[grant.environment]?.namespace ?? grant.environment
    await noteAccess({ action: 'issued', by, ...grant, expiresAt, account: account.name }, records)
    const kubeconfig = await writePrivately(output ?? usualPlace(target, grant), kubeconfigFor(cluster, grant, { namespace, token }))
    return { ...grant, expiresAt, kubeconfig, issuedBy: by }
  } catch (error) {
    // What stopped it matters more than a removal that fails as well; the account expires in any case.
    await accounts.unbind(account).catch(() => undefined)
    await accounts.remove(account).catch(() => undefined)
    throw error
  }
}
