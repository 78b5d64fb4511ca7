/** The specification's time-limits and counts, with the requirement that states each. */
export const objectives = {
  /** NFR-006: end to end for all environments. Seconds. */
  fullProvisioning: 45 * 60,
  /** NFR-006: a run on a platform that exists. Seconds. */
  incrementalProvisioning: 10 * 60,
  /** NFR-009: versions of the Terraform state. */
  keptStateVersions: 30,
  /** NFR-001: share of a month that the API server, etcd and the ingress are there, for each environment. Percent. */
  availability: 99.5,
  /** NFR-001: the month that it is counted over. Seconds. */
  availabilityMonth: 30 * 24 * 3600,
  /** NFR-001: how often each service is probed. Seconds; a month has 172 800 probes, of which 864 may fail. */
  probeInterval: 15,
  /** NFR-005: within so many seconds a dashboard shows what has changed. */
  dashboardFreshness: 60,
  /** FR-010: how long audit records are kept. Days. */
  auditRetentionDays: 90,
  /** US-003.4: an attempted escalation is in the platform channel within so many seconds. */
  escalationAlert: 300,
  /** NFR-004: the event of a run of the pipeline is in the log store within so many seconds of its end. */
  provisioningEvent: 60,
  /** SC-002: access is set up and the environment seen with the access guide. Seconds. */
  accessGuide: 15 * 60,
  /** SC-003: a sample service is deployed and reached with the handoff guide. Seconds. */
  handoffGuide: 30 * 60,
  /** NFR-007: a change is taken back. Seconds. */
  rollback: 15 * 60,
} as const
