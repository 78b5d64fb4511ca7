import type { Profile } from './profiles.ts'
import { partsOf, requirementIds, isRequirementId, type RequirementId } from '../requirements/catalogue.ts'

/** A case that a run means to execute. */
export interface PlannedCase {
  id: string
  /** Path from the root of the checkout. */
  file: string
  title: string
  requirements: readonly RequirementId[]
  /** The least profile that runs it. */
  profile: Profile
}

/** An --only or --skip that names neither a requirement nor a case. */
export class UnknownSelection extends Error {
  readonly unknown: string
  readonly nearest: readonly string[]
  constructor(unknown: string, known: readonly string[]) {
    const nearest = nearestTo(unknown, known)
    const hint = nearest.length === 0 ? '' : ` The nearest are ${nearest.join(', ')}.`
    super(`Expected the id of a requirement (such as FR-001) or of a case (such as isolation/cross-environment-traffic), got "${unknown}".${hint} "plumbline conform --plan" lists them all.`)
    this.name = 'UnknownSelection'
    this.unknown = unknown
    this.nearest = nearest
  }
}

/** The cases that --only and --skip leave, and the requirements they ask for. An id is a requirement (a story stands for its scenarios) or a case. */
export function select(all: readonly PlannedCase[], only: readonly string[], skip: readonly string[]): { cases: PlannedCase[], requirements: RequirementId[] } {
  const known = [...requirementIds, ...all.map(({ id }) => id)]
  for (const id of [...only, ...skip]) if (!known.includes(id)) throw new UnknownSelection(id, known)
  const named = (ids: readonly string[]) => new Set(ids.flatMap((id): string[] => isRequirementId(id) ? [id, ...partsOf(id)] : [id]))
  const [wanted, unwanted] = [named(only), named(skip)]
  const touches = (one: PlannedCase, ids: ReadonlySet<string>) => ids.has(one.id) || one.requirements.some((id) => ids.has(id))
  return {
    cases: all.filter((one) => (only.length === 0 || touches(one, wanted)) && !touches(one, unwanted)),
    requirements: requirementIds.filter((id) => (only.length === 0 || wanted.has(id)) && !unwanted.has(id)),
  }
}

/** Up to three known ids that share most of their letter pairs with the unknown one. */
function nearestTo(unknown: string, known: readonly string[]): string[] {
  const pairs = (text: string) => new Set(Array.from({ length: Math.max(text.length - 1, 1) }, (_, index) => text.toLowerCase().slice(index, index + 2)))
  const own = pairs(unknown)
  return known
    .map((id) => ({ id, likeness: likeness(own, pairs(id)) }))
    .filter(({ likeness }) => likeness >= 0.5)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ id }) => id)
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return 2 * [...a].filter((pair) => b.has(pair)).length / (a.size + b.size)
}
