import type { ChangeInHand } from '../changes/hook.ts'
import { sentenceOf } from '../../console/failure.ts'
import { actor, withoutSecrets } from './events.ts'
import type { ProvisioningEvent } from './events.ts'
import type { Installation } from './installation.ts'
import type { PhaseTime } from './phases.ts'
import type { PolicyRecord } from './policy-verdict.ts'
import type { InstalledRelease } from './releases.ts'
import type { StateObjects } from './state-objects.ts'
import type { Plan, StateIdentity } from './terraform.ts'
import type { Undoing } from './undo-releases.ts'

/** What a run has found out so far, for its event. */
export interface Findings {
  /** The state before the run. */
  before?: StateIdentity | undefined
  objectsBefore?: StateObjects
  plan?: Plan
  /** Whether the run has begun to change anything. */
  applying?: boolean
  /** Puts the releases back; there once the run may have changed one. */
  undoReleases?: () => Promise<Undoing>
  undoing?: Undoing
  policy?: PolicyRecord
  /** Set once the run was let through: from then on it may have changed something. */
  change?: ChangeInHand
  /** The state after it. */
  state?: StateIdentity | undefined
  releases: InstalledRelease[]
}

export interface RunEnd {
  /** ULID, the same as that of the start record. */
  id: string
  installation: Pick<Installation, 'target' | 'secrets'>
  startedAt: Date
  phases: readonly PhaseTime[]
  /** Undefined when the run succeeded. */
  failure: unknown
  interrupted: boolean
}

/** The event of a run that ends now. */
export function eventOf({ before, plan, policy, state, releases, undoing }: Findings, end: RunEnd): ProvisioningEvent {
  const finishedAt = new Date()
  return {
    schemaVersion: '1.2.0',
    kind: 'provisioning',
    id: end.id,
    target: end.installation.target,
    outcome: outcomeOf(end),
    incremental: (before?.resources ?? 0) > 0,
    startedAt: end.startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    durationMs: finishedAt.getTime() - end.startedAt.getTime(),
    actor: actor(),
    ...planned(plan),
    ...identity(state),
    phases: [...end.phases],
    releases: releases.map(({ name, revision, action }) => ({ name, revision, action })),
    ...told(undoing, end.installation.secrets),
    ...(policy === undefined ? {} : { policy }),
    ...(end.failure === undefined ? {} : { reason: withoutSecrets(sentenceOf(end.failure), end.installation.secrets) }),
  }
}

function planned(plan: Plan | undefined): Pick<ProvisioningEvent, 'planDigest' | 'changes'> {
  return plan === undefined ? { planDigest: null, changes: null } : { planDigest: plan.digest, changes: plan.summary.counts }
}

function outcomeOf({ failure, interrupted }: RunEnd): ProvisioningEvent['outcome'] {
  if (failure === undefined) return 'success'
  return interrupted ? 'interrupted' : 'failure'
}

function told({ undone, left }: Undoing = { undone: [], left: [] }, secrets: readonly string[]): Undoing {
  return { undone: undone.map((each) => withoutSecrets(each, secrets)), left: left.map((each) => withoutSecrets(each, secrets)) }
}

function identity(state: StateIdentity | undefined): Pick<ProvisioningEvent, 'stateSerial' | 'stateLineage'> {
  return { stateSerial: state?.serial ?? null, stateLineage: state?.lineage ?? null }
}
