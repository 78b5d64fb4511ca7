import type { KnownSecret } from '../../reports/redaction/redactor.ts'
import type { AttemptsOffer } from './attempts-offer.ts'
import type { DriftReport } from './drift.ts'
import type { DrillsOffer } from './drills/offer.ts'
import type { GuidesAccess } from './guides/guides.ts'
import type { OperatorsProgram } from './operators-program.ts'
import type { DataStoreLogin, Identity } from './platform/platform.ts'
import type { Fleet } from './probes/fleet.ts'
import type { ClientPod } from './probes/https-client.ts'
import type { Profile } from './profiles.ts'
import type { RehearsalOffer } from './rehearsals.ts'

/** What the command hands to the worker. It stays in memory: none of it is written anywhere. */
export interface Provided {
  runId: string
  profile: Profile
  /** What `terraform output -json` printed, parsed. */
  outputs: unknown
  journal: string
  identity: Identity
  /** PEM certificates that are trusted beside the usual ones, or an empty text. */
  authorities: string
  secrets: readonly KnownSecret[]
  /** Probes that stand ready and outlive the run; it starts its own when there are none. */
  fleet?: Fleet
  /** An HTTPS client outside all environments that stands ready and outlives the run; it starts its own when there is none. */
  client?: ClientPod
  linode: { url: string, token: string }
  /** The command line that operates this platform: its checkout, the environment of its processes, and people of this machine who may approve. */
  operator?: { checkout: string, environment: Readonly<Record<string, string>>, approvers?: readonly string[] }
  /** Where the platform channel can be read back; undefined when nobody but people can read it. */
  channel?: { readUrl: string }
  /** What each environment's services log in to the data store with, by environment; empty when the run was not told. */
  dataStore: Readonly<Record<string, DataStoreLogin>>
  /** Where this machine reaches the data store's server as a stranger, from an address on no allow list; undefined when it has no such way. */
  dataStoreForStrangers?: { host: string, port: number }
  /** A server outside the cluster, as the cluster reaches it, that environments have no business with. */
  outside?: { host: string, port: number }
  /** What a comparison of the platform with the checkout found just before the cases; undefined when the run was told nothing. */
  drift?: DriftReport
  /** What following the guides takes; undefined when the run was not told. */
  guides?: GuidesAccess
  /** People of the installation whose signature counts, and what they may do. */
  people: readonly { name: string, roles: readonly string[] }[]
  /** Whether a planned case needs the pass over the alert thresholds; it is then begun ahead of it. */
  crossings: boolean
  /** What cases may rehearse with; what the target cannot offer is absent. */
  rehearsals: RehearsalOffer
  /** What holding drills takes; undefined when the run was not told. */
  drills?: DrillsOffer
  /** Who makes the identities that escalations are tried with; undefined when the run was not told. */
  attempts?: AttemptsOffer
  /** The operator's program that prints what the secrets store holds. */
  stored?: OperatorsProgram
}

declare module 'vitest' {
  interface ProvidedContext {
    plumbline: Provided
  }
}
