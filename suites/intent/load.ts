import type { RequirementId } from '../requirements/catalogue.ts'

/** A load that is put on a service, and what must hold under it. */
export interface LoadProfile {
  name: string
  /** What the thresholds come from. */
  requirement: RequirementId
  /** Requests per second, started whether or not earlier ones have been answered. */
  rate: number
  seconds: number
  thresholds: {
    /** 95 of 100 requests are answered within so many milliseconds. */
    p95Milliseconds: number
    /** At most so many of 100 requests fail: no answer, or a status of 400 and above. */
    failedPercent: number
  }
}

export const loadProfiles = {
  /** A steady load on each environment's ingress: the alert thresholds of an environment are what it is held to. */
  steady: { name: 'steady', requirement: 'SC-006', rate: 20, seconds: 15, thresholds: { p95Milliseconds: 500, failedPercent: 1 } },
  /** Enough for a service with a request of a twentieth of a core to need a second replica; it asks for answers, not for quick ones. */
  scaling: { name: 'scaling', requirement: 'NFR-008', rate: 150, seconds: 60, thresholds: { p95Milliseconds: 2000, failedPercent: 1 } },
  /** While a secret is rotated: long enough for a rotation on a loaded machine, and every single request is to be answered before a caller gives up. */
  rotation: { name: 'rotation', requirement: 'US-003.3', rate: 10, seconds: 120, thresholds: { p95Milliseconds: 5000, failedPercent: 0 } },
} as const satisfies Record<string, LoadProfile>
