import type { DrillTarget } from '../../intent/drills.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { OperatorsProgram } from '../operators-program.ts'

/** What holding drills takes, as the command hands it to the worker. */
export interface DrillsOffer {
  target: DrillTarget
  /** Where the journals of drills lie: one file for each that has not been put back. */
  folder: string
  /** The process of this run, and when it was started, by which a later one knows that it is gone. */
  process: { pid: number, start: string | null }
  /** Journals of runs that ended without putting back, as they were when this run began: file and drill. */
  open: readonly { file: string, drill: string }[]
  operator: string | null
  witness: string | null
  /** The operator's program that prints the digests of what the platform is, as JSON. */
  digests: OperatorsProgram
}

/** Throws IndeterminateError when the run was not told. */
export function offeredDrills(offer: DrillsOffer | undefined): DrillsOffer {
  if (offer === undefined) throw new IndeterminateError('expected to be told where the journals of drills lie and who holds them, but this run was not; run the suites with "plumbline drill" or "plumbline conform"')
  return offer
}
