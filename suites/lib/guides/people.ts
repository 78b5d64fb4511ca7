import { environmentNames, type AccessProfile, type EnvironmentName } from '../../intent/environments.ts'
import { pooled } from '../pool.ts'
import type { Guides, Person } from './guides.ts'

/** Another environment; each is the other one of exactly one. */
export function another(environment: EnvironmentName): EnvironmentName {
  return environmentNames[(environmentNames.indexOf(environment) + 1) % environmentNames.length] ?? environment
}

/** How many commands issue access at the same time: each is a program of its own that takes a processor for seconds. */
const width = 2

/** Issues access to somebody for each of these, lets them work, and takes it back whatever happens. All are the same person to the platform, so that one command takes it all back, and a later run replaces what a killed one left. */
export async function guidePeople<T>(guides: Guides, guide: string, wanted: readonly { environment: EnvironmentName, profile: AccessProfile }[], work: (people: readonly Person[]) => Promise<T>): Promise<T> {
  const people = wanted.map((one) => ({ ...one, name: `follows-${guide}` }))
  try {
    return await work(await pooled(people, width, async (one) => await guides.issue(one)))
  }
  finally {
    await guides.revoke(`follows-${guide}`)
  }
}
