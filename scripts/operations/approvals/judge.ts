import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'
import type { Person } from '../people/people.ts'
import type { Dossier, Request } from './documents.ts'

/** Who has to have said yes, and to what. */
export interface Demand {
  digest: string
  /** Different people, none of them the author. */
  approvals: number
  /** The role that an approver must hold. */
  role: Person['roles'][number]
  people: readonly Person[]
  now: Date
}

/** Throws the reason why somebody may not approve a request: it is their own, they lack the role, or it is too late. */
export function refuseApprover({ id, author, expiresAt }: Pick<Request, 'id' | 'author' | 'expiresAt'>, approver: Person, { role, people, now }: Pick<Demand, 'role' | 'people' | 'now'>): void {
  const others = people.filter(({ name, roles }) => name !== author && roles.includes(role)).map(({ name }) => name)
  const who = others.length === 0 ? `nobody else holds the role ${role} yet; add somebody to \`people\` in the platform file` : `ask ${others.join(' or ')}`
  if (approver.name === author || sameKey(people, approver, author)) throw new UsageFailure(`The request ${id} was made by ${author}, and nobody approves their own: ${who}.`)
  if (!approver.roles.includes(role)) throw new UsageFailure(`${approver.name} may not approve the request ${id}: expected somebody with the role ${role}, and ${approver.name} has ${approver.roles.join(', ')}; ${who}.`)
  if (Date.parse(expiresAt) <= now.getTime()) throw new UsageFailure(`The request ${id} ended at ${expiresAt} and cannot be approved any more: make a new one.`)
}

/** Throws a CommandFailure unless a request was approved as demanded; resolves with who did. */
export function approversOf({ request, approvals }: Dossier, demand: Demand): string[] {
  const { id, digest, expiresAt } = request
  if (digest !== demand.digest) {
    throw new UsageFailure(`The request ${id} is about something else than what would be done now: it was made for ${digest}, and this is ${demand.digest}. Make a new request for what is to be done.`)
  }
  if (Date.parse(expiresAt) <= demand.now.getTime()) throw new UsageFailure(`The request ${id} ended at ${expiresAt}: make a new one and have it approved.`)
  const counted = [...new Set(approvals.filter((each) => counts(each, { request, demand })).map(({ approver }) => approver))]
  if (counted.length >= demand.approvals) return counted
  const have = counted.length === 0 ? 'nobody has' : `only ${counted.join(', ')} has`
  const needed = demand.approvals === 1 ? 'somebody else' : `${String(demand.approvals)} other people`
  throw new CommandFailure(`The request ${id} of ${request.author} must be approved by ${needed} with the role ${demand.role}, and ${have} approved it.`, exitCodes.usage)
}

function counts({ approver, digest, approvedAt }: { approver: string, digest: string, approvedAt: string }, { request, demand: { people, role } }: { request: Request, demand: Demand }): boolean {
  const person = people.find(({ name }) => name === approver)
  if (person === undefined || digest !== request.digest || approvedAt > request.expiresAt) return false
  return person.name !== request.author && !sameKey(people, person, request.author) && person.roles.includes(role)
}

/** Two names with one key are one person. */
function sameKey(people: readonly Person[], { key }: Person, author: string): boolean {
  return people.some((person) => person.name === author && person.key === key)
}
