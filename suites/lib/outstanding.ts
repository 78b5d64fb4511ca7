import type { CaseResult } from '../../reports/model/results.ts'
import { catalogue, type Requirement, type RequirementId } from '../requirements/catalogue.ts'

/**
 * What the catalogue says is not proved yet, as records that were never run: a requirement whose row is proved only in part
 * must not come out satisfied because the cases that exist all hold. They leave the catalogue when a case takes their place.
 */
export function outstandingCases(ids: readonly RequirementId[], entries: readonly Requirement[] = catalogue): CaseResult[] {
  return entries
    .filter((entry) => ids.some((id) => id === entry.id))
    .flatMap((entry) => entry.remaining.map((sentence, index): CaseResult => ({
      id: `outstanding/${entry.id}/${index + 1}`,
      file: 'suites/requirements/catalogue.ts',
      title: sentence,
      requirements: [entry.id],
      verdict: 'not-run',
      reason: 'no case proves this part of the requirement yet',
      evidence: [],
    })))
}
