import type { RequirementId } from '../requirements/catalogue.ts'
import type { EnvironmentName } from './environments.ts'

/** Where a drill can be tried: a fault that only a stand-in has on request cannot be asked for on a real account. */
export type DrillTarget = 'sandbox' | 'lke'

/** What is known of a drill before it begins: what its people are told and agree to, and what its case is held against. */
export interface DrillFacts {
  /** As in `plumbline drill NAME`; its case is `drills/<name>`. */
  name: string
  title: string
  requirements: readonly RequirementId[]
  /** What it changes or takes away, each in a few words. */
  touches: readonly string[]
  /** What ends it early, beside what ends every drill (commonAborts). */
  aborts: readonly string[]
  /** How long it is expected to take with all that is put back, minutes. */
  minutes: number
  /** What its requirement allows for the steps together, seconds; absent where no requirement says a time. */
  seconds?: number
  /** Environments that it takes away for a while, and for how many seconds on end; for all others reachableWithin counts. */
  suffers?: Readonly<Partial<Record<EnvironmentName, number>>>
  /** Beginnings of the names of what it renews on purpose and does not take back, as in the digests (`Secret staging/data-store`). */
  renews?: readonly string[]
  /** What its people go by: a guide below docs/, and the heading of the section when it is not the whole guide. */
  runbook: { file: string, heading?: string }
  targets: readonly DrillTarget[]
}

/** How long an environment may be out of reach on end before a drill that does not say otherwise is ended, seconds: three looks in a row and the time that a call may take. */
export const reachableWithin = 10

/** What ends every drill, whatever it does. */
export const commonAborts = [
  'a packet is delivered in a denied cell of the traffic table',
  `an environment is out of reach for more than ${String(reachableWithin)} s on end, unless the drill says that it suffers`,
] as const

/** How often a requirement's drills have to be held, days: once a quarter (NFR-007). Evidence that is older is stale. */
export const drillsWithin = 92

const everywhere = ['sandbox', 'lke'] as const

/** Every drill, by the camel-cased name. */
export const drills = {
  chartRollback: {
    name: 'chart-rollback',
    title: 'a harmful change of releases is taken back by Helm',
    requirements: ['SC-007', 'NFR-007'],
    touches: ['the releases of every environment: another threshold for their autoscalers, and back', 'the platform\'s room: 30 services in each environment run meanwhile'],
    aborts: ['the change itself does not end well'],
    minutes: 10,
    seconds: 15 * 60,
    runbook: { file: 'platform/change-and-rollback.md', heading: 'Take a release back' },
    targets: everywhere,
  },
  terraformRollback: {
    name: 'terraform-rollback',
    title: 'a change of Terraform is taken back by applying what was before',
    requirements: ['SC-007', 'NFR-007'],
    touches: ['the Terraform state, and one more pool of the cluster without anything on it', 'the platform\'s room: 30 services in each environment run meanwhile'],
    aborts: ['the change itself does not end well'],
    minutes: 10,
    seconds: 15 * 60,
    runbook: { file: 'platform/change-and-rollback.md', heading: 'Take a change of Terraform back' },
    targets: everywhere,
  },
} as const satisfies Record<string, DrillFacts>

/** Every drill, in the order in which they are held in a row. */
export const allDrills: readonly DrillFacts[] = Object.values(drills)

/** Id of the case that holds a drill. */
export function drillCase({ name }: Pick<DrillFacts, 'name'>): string {
  return `drills/${name}`
}
