import { sentenceOf } from '../indeterminate.ts'
import type { Agents, ReadyMember } from './agents.ts'
import type { Fleet, Member } from './fleet.ts'

const isReady = (member: Member): member is ReadyMember => member.ready

/** What is known about SCTP on each node, in words: nothing is tried over it, and nothing may be concluded from that. Never rejects. */
export async function sctpByNode(fleet: Fleet, agents: Agents): Promise<Record<string, string>> {
  const first = new Map(fleet.members.filter(isReady).toReversed().map((member) => [member.node, member]))
  return Object.fromEntries(await Promise.all([...first].map(async ([node, member]) => [node, await said(agents, member)] as const)))
}

async function said(agents: Agents, member: ReadyMember): Promise<string> {
  try {
    const offered = await agents.offersSctp(member)
    if (offered === undefined) return 'not known: the agent in the registry is older than the question'
    return offered ? 'the kernel has it, and nothing was tried over it' : 'the kernel does not have it'
  }
  catch (error) {
    return `not known: ${sentenceOf(error)}`
  }
}
