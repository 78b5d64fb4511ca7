import { environmentNames } from '../platform-schema.ts'
import type { ValueSources } from '../release-values.ts'

/** Where the keeper of overrides looks, and where it finds the API server. */
export function overridesValues({ approval, controlPlane }: Pick<ValueSources, 'approval' | 'controlPlane'>): Record<string, unknown> {
  return { approval: { reference: approval }, environments: [...environmentNames], controlPlane: { addresses: controlPlane.addresses, port: controlPlane.port } }
}
