import { renderAssessmentResults } from './assessment-results.ts'
import { renderCatalog } from './catalog.ts'
import { catalogDisagreements, planDisagreements, poamDisagreements, resultsDisagreements } from './disagreements.ts'
import { fileNames } from './document.ts'
import { renderPlan } from './plan.ts'
import { renderPoam } from './poam.ts'
import type { Rendering } from '../rendering.ts'

export { referenceFaults } from './references.ts'

/** The run as OSCAL 1.2.2: what was required, what was planned, what was found, and what is open. */
export const oscalRenderings: readonly Rendering[] = [
  { name: fileNames.catalog, render: renderCatalog, disagreements: (content, results) => catalogDisagreements(fileNames.catalog, content, results) },
  { name: fileNames.plan, render: renderPlan, disagreements: (content, results) => planDisagreements(fileNames.plan, content, results) },
  { name: fileNames.results, render: renderAssessmentResults, disagreements: (content, results) => resultsDisagreements(fileNames.results, content, results) },
  { name: fileNames.poam, render: renderPoam, disagreements: (content, results) => poamDisagreements(fileNames.poam, content, results) },
]
