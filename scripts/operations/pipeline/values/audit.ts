import { environmentNames } from '../platform-schema.ts'
import type { ValueSources } from '../release-values.ts'

/** Where the forwarder reads audit records and how long the log store keeps them. Its key comes from the secrets bootstrap. */
export function auditValues({ platform, approval, endpoints }: Pick<ValueSources, 'platform' | 'approval' | 'endpoints'>): Record<string, unknown> {
  const { url, region, addresses, port, ca } = endpoints.objectStorage
  return {
    approval: { reference: approval },
    environments: [...environmentNames],
    bucket: platform.audit.bucket,
    objectStorage: { url, region, addresses, port, ...ca === undefined ? {} : { ca } },
    logStore: { retentionDays: platform.observability.logRetentionDays },
  }
}
