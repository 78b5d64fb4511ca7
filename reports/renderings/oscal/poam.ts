import { newestPolicy } from '../../model/discharge.ts'
import type { PolicyFinding } from '../../model/policy.ts'
import type { RequirementResult, Results } from '../../model/results.ts'
import { verdictInWords } from '../../model/verdict.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { renderAssessmentResults } from './assessment-results.ts'
import { renderCatalog } from './catalog.ts'
import { actors, assessmentAssets, documentResource, fileNames, metadataOf, namespace, platformComponent, prop, resultsResource, some, toResource } from './document.ts'
import { findingOf, relatedObservations } from './findings.ts'
import { uuidOf } from './identity.ts'
import { observationsOf, rawResources } from './observations.ts'
import { line, markup, moment } from './text.ts'
import type { Observation, Poam, PoamItem, Risk } from './types.ts'

const open: ReadonlySet<string> = new Set(['violated', 'indeterminate', 'waived'])

/** The requirements that somebody has to do something about. */
export function openRequirements({ requirements }: Pick<Results, 'requirements'>): readonly RequirementResult[] {
  return requirements.filter(({ verdict }) => open.has(verdict))
}

type Waived = PolicyFinding & { readonly waiver: NonNullable<PolicyFinding['waiver']> }

/** What the newest run of the pipeline let a policy off for. */
export function waivedFindings({ cases }: Pick<Results, 'cases'>): readonly Waived[] {
  return (newestPolicy(cases)?.findings ?? []).flatMap((one) => (one.verdict === 'waived' && one.waiver !== undefined ? [{ ...one, waiver: one.waiver }] : []))
}

/** One item per requirement that is violated, indeterminate or waived, and one per waiver of a policy with its risk; undefined when there is none. */
export function poamOf(results: Results): Poam | undefined {
  const requirements = openRequirements(results)
  const waivers = waivedFindings(results)
  const { items } = some('items', [...requirements.map((one) => itemOf(results, one)), ...waivers.map((one, index) => waiverItem(results, one, index))])
  if (items === undefined) return undefined
  const observations = observationsFor(results, requirements)
  const shown = new Set(observations.map(({ uuid }) => uuid))
  return {
    'uuid': uuidOf(results, 'document', fileNames.poam),
    'metadata': metadataOf(results, 'Plan of action and milestones', [toResource(results, fileNames.catalog), toResource(results, fileNames.results)]),
    'system-id': { 'id': systemId(results), 'identifier-type': namespace },
    'local-definitions': { 'components': [platformComponent(results)], 'assessment-assets': assessmentAssets(results) },
    ...some('observations', observations),
    ...some('risks', waivers.map((one, index) => riskOf(results, one, index))),
    ...some('findings', requirements.map((one) => findingOf(results, one))),
    'poam-items': items,
    'back-matter': {
      resources: [
        documentResource(results, fileNames.catalog, renderCatalog(results), 'Requirements of the platform'),
        documentResource(results, fileNames.results, renderAssessmentResults(results), 'Assessment results'),
        resultsResource(results),
        ...rawResources(results, results.cases.filter(({ id }) => shown.has(uuidOf(results, 'observation', id)))),
      ],
    },
  }
}

export function renderPoam(results: Results): string | undefined {
  const poam = poamOf(results)
  return poam === undefined ? undefined : canonicalJson({ 'plan-of-action-and-milestones': poam })
}

/** Copies of the observations behind the items, without the tasks, which are the assessment plan's. */
function observationsFor(results: Results, requirements: readonly RequirementResult[]): readonly Observation[] {
  const wanted = new Set(requirements.flatMap((one) => relatedObservations(results, one)).map((one) => one['observation-uuid']))
  return observationsOf(results).filter(({ uuid }) => wanted.has(uuid)).map((one) => ({ ...one, origins: [{ actors: actors(results) }] }))
}

function systemId({ target, platform: { cluster } }: Results): string {
  const known = typeof cluster === 'object' && cluster !== null && !Array.isArray(cluster) ? [cluster['label'], cluster['id']] : []
  return line([target, ...known.filter((part) => typeof part === 'string' || typeof part === 'number')].join('/'))
}

function itemOf(results: Results, one: RequirementResult): PoamItem {
  const guilty = results.cases.filter(({ id, verdict }) => one.cases.includes(id) && open.has(verdict))
  return {
    'uuid': uuidOf(results, 'poam-item', 'requirement', one.id),
    'title': markup(`${one.id} is ${verdictInWords(one.verdict)}`),
    'description': markup(one.reason ?? one.title),
    'props': [prop('requirement', one.id), prop('verdict', one.verdict)],
    'origins': [{ actors: actors(results) }],
    'related-findings': [{ 'finding-uuid': uuidOf(results, 'finding', one.id) }],
    ...some('related-observations', guilty.map(({ id }) => ({ 'observation-uuid': uuidOf(results, 'observation', id) }))),
  }
}

function waiverItem(results: Results, one: Waived, index: number): PoamItem {
  return {
    'uuid': uuidOf(results, 'poam-item', 'waiver', String(index)),
    'title': markup(`${one.rule} is waived for ${one.subject}`),
    'description': markup(waiverInWords(one)),
    'props': [prop('waiver', one.waiver.ticket), prop('rule', one.rule), prop('subject', one.subject), prop('owner', one.waiver.owner), prop('approver', one.waiver.approver), prop('expires', one.waiver.expires), ...one.requirements.map((id) => prop('requirement', id))],
    'origins': [{ actors: actors(results) }],
    'related-risks': [{ 'risk-uuid': uuidOf(results, 'risk', String(index)) }],
  }
}

function waiverInWords({ waiver: { reason, ticket, owner, approver, expires }, solution }: Waived): string {
  return `${reason} (${ticket}). ${owner} mends it, ${approver} allowed it until the end of ${expires}. The policy says: ${solution}`
}

function riskOf(results: Results, one: Waived, index: number): Risk {
  const { rule, subject, title, message, severity, waiver } = one
  return {
    uuid: uuidOf(results, 'risk', String(index)),
    title: markup(`${rule} does not hold for ${subject}`),
    description: markup(message ?? title),
    statement: markup(`${title}: ${message ?? 'waived'}`),
    props: [prop('severity', severity), prop('waiver', waiver.ticket)],
    status: 'deviation-approved',
    origins: [{ actors: actors(results) }],
    ...deadline(waiver.expires),
  }
}

/** A waiver holds until the end of its last day, UTC. */
function deadline(expires: string): { readonly deadline?: string } {
  const end = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(expires) ? `${expires}T23:59:59Z` : expires)
  return Number.isNaN(end) ? {} : { deadline: moment(new Date(end).toISOString()) }
}
