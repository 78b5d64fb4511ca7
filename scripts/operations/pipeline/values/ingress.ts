import { environmentNames } from '../platform-schema.ts'
import type { ValueSources } from '../release-values.ts'

/** What the ingress controller serves, where it finds the API server, and whom its clients are to trust. No key is among its values. */
export function ingressValues({ platform, approval, controlPlane, authority }: Pick<ValueSources, 'platform' | 'approval' | 'controlPlane' | 'authority'>): Record<string, unknown> {
  return {
    approval: { reference: approval },
    controlPlane: { addresses: controlPlane.addresses, port: controlPlane.port },
    domain: platform.domain,
    environments: [...environmentNames],
    authority,
  }
}
