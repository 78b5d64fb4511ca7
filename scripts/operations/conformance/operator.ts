import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import type { Person } from '../people/people.ts'
import { signerNamed } from '../people/signer.ts'

/** What cases operate the platform with: this checkout's own command line, and the people of this machine who may approve. */
export async function operatorAccess(people: readonly Person[], environment: Readonly<Record<string, string | undefined>> = process.env): Promise<NonNullable<SuiteRun['operator']>> {
  const candidates = people.filter(({ roles }) => roles.includes('approver'))
  const present = await Promise.all(candidates.map(async ({ name }) => signerNamed(people, name, environment).then(() => [name], () => [])))
  return {
    checkout: repository,
    environment: Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    approvers: present.flat(),
  }
}
