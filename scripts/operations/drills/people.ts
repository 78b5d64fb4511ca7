import { UsageFailure } from '../../console/failure.ts'
import type { Person } from '../people/people.ts'
import { personNamed } from '../people/people.ts'
import type { Target } from '../pipeline/installation.ts'

/** Who holds a drill, and somebody else who sees it. */
export interface DrillPeople { operator: string | null, witness: string | null }

/** Those of the sandbox, where nobody is a person: its drills are held by its own people. */
const ofSandbox = { operator: 'sre-one', witness: 'sre-two' } as const

/**
 * Checks who was named against the people of the installation. On the sandbox its own people stand in for who was not named; on an account nobody does, and the log
 * says so. Throws a UsageFailure for somebody unknown, and when both are the same person.
 */
export function drillPeople(target: Target, people: readonly Person[], named: { operator?: string | undefined, witness?: string | undefined }): DrillPeople {
  const usual = (role: keyof DrillPeople): string | null => target === 'sandbox' ? ofSandbox[role] : null
  const chosen = { operator: named.operator ?? usual('operator'), witness: named.witness ?? usual('witness') }
  for (const name of Object.values(chosen)) if (name !== null) personNamed(people, name)
  if (chosen.operator === null || chosen.operator !== chosen.witness) return chosen
  throw new UsageFailure(`${chosen.operator} was named as operator and as witness: expected somebody else to see the drill, such as --witness ${people.find(({ name }) => name !== chosen.operator)?.name ?? 'NAME'}.`)
}
