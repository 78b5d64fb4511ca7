import { intendedCells, type IntendedCell } from '../../intent/routes.ts'
import type { JudgedCell } from '../cell.ts'
import type { Platform } from '../platform/platform.ts'
import { agentsIn } from './agents.ts'
import type { Fleet } from './fleet.ts'
import { endpointLabel } from './manifests.ts'
import { runLabel } from '../../intent/environments.ts'
import { observeTraffic } from './pass.ts'
import { judgedCell } from './judged.ts'

/** A whole pass of its own over the table, with the moments at which it began and ended. */
export interface OverridePass { cells: JudgedCell[], startedAt: Date, endedAt: Date, seconds: number }

/** Tries every cell of the table now and judges it by `intended`, which may have more open than the usual one. `policies` names what is in force beside the usual. */
export async function passNow({ platform, fleet }: { platform: Platform, fleet: Fleet }, intended: readonly IntendedCell[] = intendedCells): Promise<OverridePass> {
  const observations = await observeTraffic(fleet, agentsIn(platform, fleet.run))
  return { cells: intended.map((cell) => judgedCell(cell, observations)), startedAt: observations.startedAt, endedAt: new Date(), seconds: observations.seconds }
}

/** The labels that choose exactly one probe of a fleet, as the command line takes them. */
export function labelsOf(fleet: Fleet, endpoint: { name: string }): string {
  return `${runLabel}=${fleet.run},${endpointLabel}=${endpoint.name}`
}
