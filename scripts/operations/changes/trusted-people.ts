import type { Person } from '../people/people.ts'
import type { Segmentation } from './segmentation.ts'

/** A segmentation as far as it is compared with what was brought last: the first people of an installation are taken as they are, since nobody was there to approve them. */
export function comparable(segmentation: Segmentation, before: Segmentation): Segmentation {
  if (before.people !== undefined) return segmentation
  const { schemaVersion, policies, linode } = segmentation
  return { schemaVersion, policies, linode }
}

/**
 * Whose approval counts for bringing a segmentation: nobody becomes an approver by the change that they approve. Who was there before keeps the
 * roles of then; who comes with the change does not count. People whom no platform file lists, such as the sandbox's own, are not touched by it.
 */
export function trustedPeople(people: readonly Person[], segmentation: Segmentation, before: Segmentation | undefined): Person[] {
  const recorded = before?.people
  if (recorded === undefined) return [...people]
  const listed = new Set((segmentation.people ?? []).map(({ key }) => key))
  return people.flatMap((person) => {
    if (!listed.has(person.key)) return [person]
    const known = recorded.find(({ name, key }) => name === person.name && key === person.key)
    return known === undefined ? [] : [known]
  })
}
