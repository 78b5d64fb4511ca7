import type { DrillLog } from '../../../reports/model/drill.ts'
import type { DrillFacts } from '../../intent/drills.ts'
import type { Beside } from '../guides/guides.ts'
import type { FollowedGuide } from '../guides/follow.ts'
import type { Ended } from '../guides/shell.ts'

/** What a step may take, and whether it is a part of the way back: only those count against the drill's target. */
export interface StepTerms {
  /** Seconds; a step that takes longer goes on, and is a fault of the drill. */
  atMost?: number
  /** True unless said: false for a step that makes what the drill then takes back. */
  counts?: boolean
}

/** What a drill does, in the order in which it is called. Everything is on the clock and in the log. */
export interface Drill {
  /** Aborted when an abort criterion is met, the run is cancelled or the case has used up its time: pass it on to whatever waits. */
  signal: AbortSignal
  /**
   * Promises that what comes next is put back: a command as an operator types it, so that a person can run it too. It is in the journal on
   * disk when this resolves. Undo commands run last one first, whatever happens, also when there is nothing left to undo: they have to bear that.
   */
  undo: (title: string, command: string) => Promise<void>
  /** Work on the clock. What it rejects with ends the drill, and it is put back. */
  step: <T>(title: string, terms: StepTerms, work: () => Promise<T>) => Promise<T>
  /** A command in the operator's surroundings, as a step; it has to end with exit code 0. A session of its own: nothing of an earlier command is set. */
  command: (title: string, terms: StepTerms, command: string) => Promise<Ended>
  /**
   * The drill's runbook, or another guide or section, as it is written: its commands become steps of the log. What does not do what is written is a fault of the
   * drill, ends it, and is said by `faultsOfDrill`. `values` fill in what the guide asks for.
   */
  follow: (values: Readonly<Record<string, string>>, options?: FollowOptions) => Promise<FollowedGuide>
  /** Data for the log, that a reader can check the verdict against. */
  observe: (title: string, data: unknown) => void
}

export interface FollowOptions extends Pick<Beside, 'files' | 'variables' | 'others'>, StepTerms {
  /** Another guide below docs/ than the drill's runbook, and the heading of its section when it is not the whole guide. */
  guide?: { file: string, heading?: string }
}

/** Where whoever watches a drill must not be: on a node that the drill takes away, where they would be lost with it. */
export interface WatchTerms {
  notOn?: string
}

/** Holds drills. */
export interface Drills {
  /** Drills whose run had ended without putting back when this run began: journal and name. Throws IndeterminateError when the run was not told. */
  open: () => readonly { file: string, drill: string }[]
  /**
   * Holds one drill: journal, steady state, digests, the watch, the steps of `act`, what undoes them, steady state and digests again, and the log as evidence.
   * Resolves with the log, on which the case then asserts. Rejects with IndeterminateError when the platform was not steady to begin with (nothing was
   * touched), or could not be observed; with what a step rejected with when the log itself shows no fault.
   */
  run: (facts: DrillFacts, act: (drill: Drill) => Promise<void>, terms?: WatchTerms) => Promise<DrillLog>
}
