import { budgets } from './budgets.ts'
import type { Footprint } from './footprint.ts'
import { sentenceOf } from './indeterminate.ts'
import { issuedAccess } from './platform/issued-access.ts'
import type { Platform } from './platform/platform.ts'
import { commandLine } from './probes/operator.ts'
import type { Provided } from './provided.ts'

/** What every person's name begins with to whom a run gives access. */
export function personOfRun(label: string): string {
  return `run-${label}`
}

const kind = 'Access '

/** How a run notes that it gives somebody access, before it does. */
export function nameOfIssued({ person, environment, profile }: { person: string, environment: string, profile: string }): string {
  return `${kind}${person} ${environment} ${profile}`
}

export function isIssued(name: string): boolean {
  return name.startsWith(kind)
}

/**
 * Takes away what access a run gave and did not take back, by the operator's own command: the verifier may look at accounts, but not remove
 * them. Never rejects. What was noted and could not be looked at is unverified, never gone.
 */
export async function removeIssued(platform: Platform, label: string, { noted, operator }: { noted: readonly string[], operator: Provided['operator'] }): Promise<Footprint> {
  const look = async (): Promise<{ names: string[], people: Set<string> }> => {
    const theirs = (await issuedAccess(platform)).filter(({ person }) => person === personOfRun(label) || person.startsWith(`${personOfRun(label)}-`))
    return { names: theirs.map(nameOfIssued), people: new Set(theirs.map(({ person }) => person)) }
  }
  try {
    const { names, people } = await look()
    // Most of a revocation is waiting for the API server to forget a token.
    await Promise.all([...people].map(async (person) => await commandLine(operator)({ argv: ['access', 'revoke', '--person', person], budget: budgets.accessCommand })))
    const left = people.size === 0 ? [] : (await look()).names
    const created = [...new Set([...noted, ...names])].sort()
    return { created, removed: created.filter((name) => !left.includes(name)), leftovers: left, unverified: [] }
  }
  catch (error) {
    return { created: [...noted], removed: [], leftovers: [], unverified: noted.map((name) => `${name} (not known to be gone: ${sentenceOf(error)})`) }
  }
}

export function joined(one: Footprint, other: Footprint): Footprint {
  return {
    created: [...one.created, ...other.created], removed: [...one.removed, ...other.removed],
    leftovers: [...one.leftovers, ...other.leftovers], unverified: [...one.unverified, ...other.unverified],
  }
}
