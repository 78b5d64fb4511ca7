import { rm } from 'node:fs/promises'
import type { Account } from './accounts.ts'
import { usualPlace } from './kubeconfig.ts'
import { noteAccess } from './records.ts'
import type { AccessSession } from './session.ts'

export function isExpired({ expiresAt }: Pick<Account, 'expiresAt'>, now = Date.now()): boolean {
  const until = Date.parse(expiresAt)
  return !(until > now)
}

/** Removes accounts whose time is over, with a record of each; their tokens have ended by themselves. Resolves with them. */
export async function removeExpired({ accounts, records, target }: Pick<AccessSession, 'accounts' | 'records' | 'target'>): Promise<Account[]> {
  const over = (await accounts.list()).filter((account) => isExpired(account))
  for (const account of over) {
    await accounts.unbind(account)
    await accounts.remove(account)
    const { person, environment, profile, name } = account
    await noteAccess({ action: 'expired', by: 'plumbline', person, environment, profile, expiresAt: null, account: name }, records)
    await rm(usualPlace(target, account), { force: true })
  }
  return over
}
