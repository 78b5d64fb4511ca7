import { z } from 'zod'
import type { Room } from './rules.ts'

/** What a document can be taken for. The last three are judged together, as the pipeline. */
export const kinds = ['plan', 'state', 'manifests', 'workflow', 'releases', 'platform'] as const
export type Kind = (typeof kinds)[number]

export const roomOf: Readonly<Record<Kind, Room>> = { plan: 'plan', state: 'state', manifests: 'manifests', workflow: 'pipeline', releases: 'pipeline', platform: 'pipeline' }

export const kindInWords: Readonly<Record<Kind, string>> = {
  plan: 'a Terraform plan',
  state: 'a Terraform state',
  manifests: 'Kubernetes objects',
  workflow: 'a workflow of GitHub Actions',
  releases: 'a release list',
  platform: 'a platform file',
}

const ours = { apiVersion: z.literal('plumbline.dev/v1') }
const mapping = z.record(z.string(), z.unknown())

/** The first that fits. A state that lacks something is still one: the rules say what it lacks. */
const schemas: readonly (readonly [Kind, z.ZodType])[] = [
  ['plan', z.union([
    z.looseObject({ format_version: z.string(), resource_changes: z.array(z.unknown()) }),
    z.looseObject({ format_version: z.string(), planned_values: mapping }),
  ])],
  ['state', z.union([
    z.looseObject({ terraform_version: z.string(), resources: z.array(z.unknown()) }),
    z.looseObject({ lineage: z.string(), serial: z.number(), resources: z.array(z.unknown()) }),
  ])],
  ['workflow', z.looseObject({ on: z.union([z.string(), z.array(z.string()), mapping]), jobs: mapping })],
  ['releases', z.looseObject({ ...ours, stages: z.array(z.unknown()) })],
  ['platform', z.looseObject({ ...ours, environments: mapping })],
  ['manifests', z.looseObject({ apiVersion: z.string(), kind: z.string() })],
]

/** What a value is; undefined when it is nothing that any rule judges. */
export function kindOf(value: unknown): Kind | undefined {
  return schemas.find(([, schema]) => schema.safeParse(value).success)?.[0]
}

const listSchema = z.looseObject({ kind: z.string().endsWith('List'), items: z.array(z.unknown()) })

/** The objects of a Kubernetes list, of the lists in it too; a list of the value itself for everything else. */
export function unlisted(value: unknown): unknown[] {
  const list = listSchema.safeParse(value)
  return list.success ? list.data.items.flatMap(unlisted) : [value]
}

const namedSchema = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string().optional(), namespace: z.string().optional() }).optional() })

/** How the policies call an object (lib/manifests.rego), such as `Deployment staging/sample-service`. */
export function objectName(object: unknown): string {
  const { kind, metadata: { name = '', namespace } = {} } = namedSchema.parse(object)
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
}
