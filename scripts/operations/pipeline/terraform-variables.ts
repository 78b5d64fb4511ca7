import { environmentNames } from './platform-schema.ts'
import type { Platform } from './platform-schema.ts'

/** The variables of terraform/variables.tf, as the platform file has them. No secret is in here. */
export function terraformVariables({ name, region, tier, kubernetesVersion, controlPlane, pools, environments, database, state, audit, secrets }: Platform): Record<string, unknown> {
  return {
    name,
    region,
    tier,
    kubernetes_version: kubernetesVersion,
    control_plane: {
      high_availability: controlPlane.highAvailability,
      audit_logs: controlPlane.auditLogs,
      allowed_addresses: controlPlane.allowedAddresses,
    },
    pools,
    environments: Object.fromEntries(environmentNames.map((each) => [each, { pool: environments[each].pool }])),
    database: { type: database.type, engine: database.engine, cluster_size: database.clusterSize, allow_list: database.allowList },
    state: { bucket: state.bucket, keep_versions: state.keepVersions },
    audit: { bucket: audit.bucket, retention_days: audit.retentionDays },
    secrets: { bucket: secrets.bucket },
  }
}
