import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { roles } from '../people/people.ts'
import { helm } from '../pipeline/helm.ts'
import type { LinodeSegmentation } from '../pipeline/linode-segmentation.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import type { ReleaseList } from '../pipeline/releases-file.ts'
import { renderedObjects } from '../pipeline/rendered-releases.ts'
import { symbolicSources } from './symbols.ts'

/** Rules of one object that decides who may talk to whom. */
const policySchema = z.strictObject({ kind: z.string(), namespace: z.string(), name: z.string(), spec: z.unknown() })

/**
 * The segmentation of a platform as the pipeline would bring it: what people decide on. Addresses that Linode or a name server hand out are
 * symbols in it, so it is known before the first apply and changes only when somebody changes a chart, a module or the platform file.
 */
export const segmentationSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  /** Network policies and the engine's own kinds, sorted by namespace, kind and name. */
  policies: z.array(policySchema),
  linode: z.strictObject({
    firewalls: z.array(z.strictObject({ label: z.string(), inboundPolicy: z.string(), outboundPolicy: z.string(), rules: z.array(z.strictObject({
      direction: z.enum(['inbound', 'outbound']), label: z.string(), action: z.string(), protocol: z.string(), ports: z.string(), addresses: z.array(z.string()),
    })) })),
    controlPlane: z.array(z.string()),
    database: z.array(z.string()),
  }),
  /** Whose signature counts, as the platform file lists them, sorted by name; absent when it lists nobody. */
  people: z.array(z.strictObject({ name: z.string(), roles: z.array(z.enum(roles)), key: z.string() })).optional(),
})
export type Segmentation = z.infer<typeof segmentationSchema>
export type SegmentationPolicy = z.infer<typeof policySchema>

const kinds = new Set(['NetworkPolicy', 'GlobalNetworkPolicy', 'NetworkSet', 'GlobalNetworkSet', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'])

/** Renders every release and reads the plan. Rejects when a chart does not take its values. */
export async function segmentationOf(list: ReleaseList, platform: Platform, { linode, signal }: { linode: LinodeSegmentation, signal?: AbortSignal | undefined }): Promise<Segmentation> {
  const objects = await renderedObjects(list, symbolicSources(platform), helm({ records: list.records, signal }))
  return segmentationSchema.parse({
    schemaVersion: '1.0.0', policies: policiesAmong(objects).toSorted((a, b) => placeOf(a) < placeOf(b) ? -1 : 1), linode,
    ...platform.people.length === 0 ? {} : { people: platform.people.map((person) => ({ ...person, roles: person.roles.toSorted() })).toSorted((a, b) => a.name < b.name ? -1 : 1) },
  })
}

const objectSchema = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string(), namespace: z.string().default('') }), spec: z.unknown().optional() })

/** The objects that decide who may talk to whom, without what does not: labels, notes, the approval's own reference. */
export function policiesAmong(objects: readonly unknown[]): SegmentationPolicy[] {
  return objects.map((object) => objectSchema.parse(object))
    .filter(({ kind }) => kinds.has(kind))
    .map(({ kind, metadata: { namespace, name }, spec }) => ({ kind, namespace, name, spec: spec ?? null }))
}

/** SHA-256 of the canonical form. */
export function digestOf(segmentation: Segmentation): string {
  return `sha256:${createHash('sha256').update(canonicalJson(segmentation)).digest('hex')}`
}

export function placeOf({ kind, namespace, name }: Pick<SegmentationPolicy, 'kind' | 'namespace' | 'name'>): string {
  return `${namespace}/${kind}/${name}`
}
