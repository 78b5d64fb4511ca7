import type { ValueSources } from '../release-values.ts'

/** Where the sealed-secrets controller finds the API server. No secret is among its values: what it unseals comes from the bootstrap. */
export function secretsValues({ approval, controlPlane }: Pick<ValueSources, 'approval' | 'controlPlane'>): Record<string, unknown> {
  return { approval: { reference: approval }, controlPlane: { addresses: controlPlane.addresses, port: controlPlane.port } }
}
