import { readFile, rm } from 'node:fs/promises'
import type { EnvironmentName } from '../../../suites/intent/environments.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'
import type { Account } from './accounts.ts'
import { kubeconfigFor, usualPlace } from './kubeconfig.ts'
import type { Grant } from './profiles.ts'
import { noteAccess } from './records.ts'
import type { Refusal } from './records.ts'
import { asking, refusalWithin, untilForbidden, untilUnauthorized } from './refused.ts'
import type { Answer, Ask } from './refused.ts'
import type { AccessSession } from './session.ts'

export interface Revoked extends Grant {
  /** What the old token was answered before: the control. Undefined when the account was gone already, so that no token of it is left. */
  before?: Answer
  /** 403 without the binding, then 401 without the account. */
  refusals: Refusal[]
}

/** A token that only proves the revocation lasts as short as the API server allows. Seconds. */
const proof = 600

/** Takes every access of a person away, or that of one environment, and proves it with their own token. Rejects (exit code 5) when it still works. */
export async function revokeAccess(session: AccessSession, { person, environment, by }: { person: string, environment?: EnvironmentName | undefined, by: string }): Promise<Revoked[]> {
  const all = await session.accounts.list(environment)
  const theirs = all.filter((account) => account.person === person)
  if (theirs.length === 0) {
    const others = [...new Set(all.map((account) => account.person))]
    throw new UsageFailure(`${person} has no access${environment === undefined ? '' : ` to ${environment}`} that could be revoked: ${others.length === 0 ? 'nobody has any' : `those who have are ${others.join(', ')}`}.`)
  }
  return Promise.all(theirs.map(async (account) => revokeOne(session, account, by)))
}

async function revokeOne(session: AccessSession, account: Account, by: string): Promise<Revoked> {
  const { accounts, records, target } = session
  const { person, environment, profile, name } = account
  const old = account.there ? await oldToken(session, account) : undefined
  await accounts.unbind(account)
  const forbidden = old === undefined ? nothingToAsk : await refusalWithin(old.ask, [403, 401], untilForbidden)
  await accounts.remove(account)
  const unauthorized = old === undefined ? nothingToAsk : await refusalWithin(old.ask, [401], untilUnauthorized)
  const refusals = [forbidden, unauthorized].flatMap(({ refusal }) => refusal ?? [])
  await noteAccess({ action: 'revoked', by, person, environment, profile, expiresAt: null, account: name, refusals }, records)
  await rm(usualPlace(target, account), { force: true })
  if (old !== undefined && forbidden.refusal === undefined) throw stillWorks(account, forbidden.last, 'its role binding was removed; somebody bound the account, or everybody, a second time')
  if (old !== undefined && unauthorized.refusal === undefined) throw stillWorks(account, unauthorized.last, 'the account was removed')
  return { person, environment, profile, refusals, ...old === undefined ? {} : { before: old.before } }
}

const nothingToAsk = { refusal: undefined, last: { status: 0, message: 'nothing was asked' } } as const

/** The token that the person holds, where it lies on this machine and works, else another one of the same account: both end with it. */
async function oldToken({ target, cluster, outputs, accounts }: AccessSession, account: Account): Promise<{ ask: Ask, before: Answer }> {
  const namespace = outputs.environments[account.environment]?.namespace ?? account.environment
  const path = `/api/v1/namespaces/${namespace}/pods?limit=1`
  const theirs = await readFile(usualPlace(target, account), 'utf8').catch(() => undefined)
  if (theirs !== undefined) {
    const ask = asking(theirs, path)
    const before = await ask()
    if (before.status === 200) return { ask, before }
  }
  const { token } = await accounts.token(account, proof)
  const ask = asking(kubeconfigFor(cluster, account, { namespace, token }), path)
  return { ask, before: await ask() }
}

function stillWorks({ person, environment, profile, name }: Account, { status, message }: Answer, since: string): CommandFailure {
  return new CommandFailure(
    `The access of ${person} to ${environment} (${profile}) still works: expected the API server to refuse the old token, but it answered ${status} (${message}) after ${since}. Look at the bindings of system:serviceaccount:${environment}:${name} with \`kubectl get rolebindings,clusterrolebindings -A -o wide\`.`,
    exitCodes.integrity,
  )
}
