import type { Platform } from '../platform/platform.ts'
import type { EvidenceRecorder } from '../evidence.ts'
import type { GuidesAccess, GuidesOptions } from '../guides/guides.ts'
import type { Traffic } from '../probes/traffic.ts'
import type { RunRecord } from '../footprint.ts'
import type { Drills } from './drill.ts'
import { offeredDrills, type DrillsOffer } from './offer.ts'

/** The run and the platform, as holding a drill needs them. */
export interface DrillsWorld {
  offer: DrillsOffer | undefined
  access: GuidesAccess | undefined
  platform: Platform
  traffic: Traffic
  redactor: GuidesOptions['redactor']
  signal: AbortSignal
  evidence: EvidenceRecorder
  run: RunRecord & { label: string, id: string }
}

/** Nothing happens before `run` is called. */
export function drillsOn(world: DrillsWorld): Drills {
  return {
    run: (facts) => Promise.reject(new TypeError(`expected ${facts.name} to be held on ${offeredDrills(world.offer).target}, but holding drills is not written yet`)),
  }
}
