import { drillDigestsSchema, type DrillDigests } from '../../../reports/model/drill.ts'
import { budgets } from '../budgets.ts'
import { printedBy } from '../operators-program.ts'
import type { DrillsOffer } from './offer.ts'

/** Digests of all that a drill has to leave as it was, as the operator's program gives them. Rejects with IndeterminateError when it does not. */
export async function takeDigests({ digests }: Pick<DrillsOffer, 'digests'>): Promise<DrillDigests> {
  return await printedBy(digests, { what: 'the digests of what the platform is', budget: budgets.drillDigests, parse: (printed) => drillDigestsSchema.parse(printed) })
}

/** Differences that a drill makes on purpose, and the others. */
export function sorted(differences: readonly string[], renews: readonly string[] = []): { renewed: string[], left: string[] } {
  const renewed = differences.filter((one) => renews.some((beginning) => one.startsWith(beginning)))
  return { renewed, left: differences.filter((one) => !renewed.includes(one)) }
}
