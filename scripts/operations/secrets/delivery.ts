import { z } from 'zod'
import type { ClusterApi } from '../pipeline/cluster-api.ts'
import type { BaselineSecret } from './inventory.ts'
import { marks } from './seal.ts'

const metadataSchema = z.object({ uid: z.string(), generation: z.int().optional(), annotations: z.record(z.string(), z.string()).optional(), ownerReferences: z.array(z.object({ kind: z.string(), uid: z.string(), controller: z.boolean().optional() })).optional() })
const sealedSchema = z.object({
  metadata: metadataSchema,
  status: z.object({ observedGeneration: z.int().optional(), conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() })).optional() }).optional(),
})
const secretSchema = z.object({ metadata: metadataSchema, type: z.string(), data: z.record(z.string(), z.string()).optional() })

/** How a secret is in the cluster. */
export interface Delivery {
  /** Version that its SealedSecret carries; undefined when there is none. */
  sealed: string | undefined
  /** The controller opened what is sealed now. */
  synced: boolean
  /** Why not, in the controller's words. */
  problem: string | undefined
  /** The Secret is there, with the version that it came from and its values. */
  opened: { version: string | undefined, values: Record<string, string>, type: string } | undefined
  /** The Secret is there and was not made by the controller from this SealedSecret. */
  foreign: boolean
}

export function sealedPath({ namespace, name }: Pick<BaselineSecret, 'namespace' | 'name'>): string {
  return `/apis/bitnami.com/v1alpha1/namespaces/${namespace}/sealedsecrets/${name}`
}

export function secretPath({ namespace, name }: Pick<BaselineSecret, 'namespace' | 'name'>): string {
  return `/api/v1/namespaces/${namespace}/secrets/${name}`
}

/** Looks at both objects of a secret. Rejects when the API server answers with anything but the object or its absence. */
export async function deliveryOf(api: ClusterApi, secret: Pick<BaselineSecret, 'namespace' | 'name'>): Promise<Delivery> {
  const sealed = await objectAt(api, sealedPath(secret), sealedSchema)
  const opened = await objectAt(api, secretPath(secret), secretSchema)
  return { sealed: versionOf(sealed), ...progressOf(sealed), ...openedBy(sealed, opened) }
}

function versionOf(object: z.infer<typeof secretSchema> | z.infer<typeof sealedSchema> | undefined): string | undefined {
  return object?.metadata.annotations?.[marks.version]
}

function progressOf(sealed: z.infer<typeof sealedSchema> | undefined): Pick<Delivery, 'synced' | 'problem'> {
  if (sealed === undefined) return { synced: false, problem: undefined }
  const { conditions = [], observedGeneration } = sealed.status ?? {}
  const condition = conditions.find(({ type }) => type === 'Synced')
  const opened = condition?.status === 'True' && observedGeneration === sealed.metadata.generation
  return { synced: opened, problem: condition?.status === 'False' ? condition.message : undefined }
}

function openedBy(sealed: z.infer<typeof sealedSchema> | undefined, secret: z.infer<typeof secretSchema> | undefined): Pick<Delivery, 'opened' | 'foreign'> {
  if (secret === undefined) return { opened: undefined, foreign: false }
  const { ownerReferences = [] } = secret.metadata
  return {
    opened: { version: versionOf(secret), values: decoded(secret.data ?? {}), type: secret.type },
    foreign: !ownerReferences.some(({ kind, uid }) => kind === 'SealedSecret' && uid === sealed?.metadata.uid),
  }
}

/** What keeps a secret from being delivered in this version, in words; undefined when nothing does. `values` are compared when they are known. */
export function undelivered({ sealed, synced, problem, opened, foreign }: Delivery, version: string, values?: Readonly<Record<string, string>>): string | undefined {
  if (sealed === undefined) return 'no SealedSecret'
  if (sealed !== version) return `the SealedSecret is of version ${sealed}`
  if (!synced) return problem === undefined ? 'the controller has not looked at the SealedSecret yet' : `the controller says: ${problem}`
  if (opened === undefined) return 'no Secret'
  return foreign ? 'the Secret did not come from the SealedSecret' : otherContent(opened, version, values)
}

function otherContent(opened: { version: string | undefined, values: Record<string, string> }, version: string, values: Readonly<Record<string, string>> | undefined): string | undefined {
  if (opened.version !== version) return `the Secret is of version ${opened.version ?? 'unknown'}`
  return values === undefined || sameValues(opened.values, values) ? undefined : 'the Secret holds other values'
}

export function sameValues(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key])
}

async function objectAt<T>(api: ClusterApi, path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const { status, body } = await api.send({ method: 'GET', path })
  if (status === 404) return undefined
  if (status !== 200) throw new Error(`the API server answered ${status} when asked for ${path}; expected 200 or 404`)
  const parsed = schema.safeParse(body)
  // The path of the fault alone: a Secret's content must not get into a message.
  if (!parsed.success) throw new Error(`${path} is not as expected at ${parsed.error.issues[0]?.path.join('.') ?? 'its top'}`)
  return parsed.data
}

function decoded(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]))
}
