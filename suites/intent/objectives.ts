/** The specification's time-limits and counts, with the requirement that states each. */
export const objectives = {
  /** NFR-006: end to end for all environments. Seconds. */
  fullProvisioning: 45 * 60,
  /** NFR-006: a run on a platform that exists. Seconds. */
  incrementalProvisioning: 10 * 60,
  /** NFR-009: versions of the Terraform state. */
  keptStateVersions: 30,
} as const
