import { HttpMethod, IsomorphicFetchHttpLibrary, RequestContext } from '@kubernetes/client-node'
import { z } from 'zod'
import type { Holder } from '../../intent/access.ts'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { AccessAttempt } from '../verdict.ts'
import { metadataOnly, readAs } from './holders.ts'
import { serverOf } from './kubernetes.ts'
import type { Platform } from './platform.ts'
import { rawRequest } from './request.ts'

const versionAnnotation = 'plumbline.dev/secret-version'

const metadataSchema = z.looseObject({
  name: z.string(), namespace: z.string(), uid: z.string(), generation: z.int().optional(), annotations: z.record(z.string(), z.string()).optional(),
  ownerReferences: z.array(z.object({ kind: z.string(), name: z.string(), uid: z.string() })).optional(),
})
const sealedSchema = z.looseObject({
  metadata: metadataSchema,
  spec: z.looseObject({ encryptedData: z.record(z.string(), z.string()) }),
  status: z.looseObject({ observedGeneration: z.int().optional(), conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), message: z.string().optional() })).optional() }).optional(),
})

/** A SealedSecret as the verifier reads it. `object` is the whole of it, ciphertext included, as the controller would be given it. */
export interface SealedFact {
  environment: string
  name: string
  uid: string
  version: string | undefined
  keys: readonly string[]
  /** The controller opened what is sealed now; else why not, in its words. */
  opened: boolean
  message: string
  object: z.infer<typeof sealedSchema>
}

export async function readSealedSecrets(platform: Platform, environment: string): Promise<SealedFact[]> {
  const namespace = platform.namespaceOf(environment)
  const what = `list the SealedSecrets of ${namespace}`
  const { status, text } = await rawRequest(platform.cluster.config, { method: 'GET', path: `/apis/bitnami.com/v1alpha1/namespaces/${namespace}/sealedsecrets` }).catch((error: unknown) => {
    throw new IndeterminateError(`expected to ${what}, but there was no answer (${sentenceOf(error)}); see "plumbline status" for the state of the cluster`)
  })
  if (status !== 200) throw new IndeterminateError(`expected to ${what}, but the answer was ${status}; run "plumbline provision", which installs the chart secrets`)
  const { items } = z.object({ items: z.array(z.unknown()) }).parse(JSON.parse(text))
  // A list leaves out what its items are; the controller wants to be told.
  return items.map((item) => factOf(environment, sealedSchema.parse({ ...z.looseObject({}).parse(item), apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret' })))
}

function factOf(environment: string, object: z.infer<typeof sealedSchema>): SealedFact {
  const { metadata, spec, status } = object
  const synced = status?.conditions?.find(({ type }) => type === 'Synced')
  return {
    environment,
    name: metadata.name,
    uid: metadata.uid,
    version: metadata.annotations?.[versionAnnotation],
    keys: Object.keys(spec.encryptedData),
    opened: synced?.status === 'True' && status?.observedGeneration === metadata.generation,
    message: synced?.message ?? (synced === undefined ? 'the controller has not looked at it' : ''),
    object,
  }
}

/** Whether the controller would open a SealedSecret if it lay, under the same name, in another namespace. Nothing is created: it is asked. */
export async function wouldOpen(platform: Platform, { object }: SealedFact, namespace: string): Promise<boolean> {
  const copy = { ...object, metadata: { ...object.metadata, namespace }, spec: { ...object.spec, template: { ...z.looseObject({}).catch({}).parse(object.spec['template']), metadata: { name: object.metadata.name, namespace } } } }
  const { config } = platform.cluster
  const what = `ask the controller whether ${object.metadata.name} would open in ${namespace}`
  const context = new RequestContext(`${serverOf(config)}/api/v1/namespaces/sealed-secrets/services/http:sealed-secrets:8080/proxy/v1/verify`, HttpMethod.POST)
  context.setBody(JSON.stringify(copy))
  context.setHeaderParam('content-type', 'application/json')
  await config.applySecurityAuthentication(context)
  context.setSignal(deadline(budgets.apiRequest))
  const answer = await new IsomorphicFetchHttpLibrary().send(context).toPromise().catch((error: unknown) => {
    throw new IndeterminateError(`expected to ${what}, but there was no answer (${sentenceOf(error)}); see whether sealed-secrets runs in namespace sealed-secrets`)
  })
  // 200 and 409 are the controller's yes and no; whatever else is no answer.
  if (answer.httpStatusCode === 200) return true
  if (answer.httpStatusCode === 409) return false
  throw new IndeterminateError(`expected to ${what}, but the answer was ${answer.httpStatusCode}; see whether sealed-secrets runs in namespace sealed-secrets`)
}

/** A Secret as a list without content shows it. */
export interface SecretFact {
  name: string
  version: string | undefined
  /** UID of the SealedSecret that it came from. */
  sealedBy: string | undefined
}

const listSchema = z.object({ items: z.array(z.object({ metadata: metadataSchema })) })

/** The Secrets of an environment as a holder is shown them. Their content is not asked for and not sent. */
export async function secretsSeenBy(platform: Platform, holder: Holder, environment: string): Promise<{ attempt: AccessAttempt, secrets: SecretFact[] }> {
  const { attempt, text } = await readAs(platform, holder, { path: `/api/v1/namespaces/${platform.namespaceOf(environment)}/secrets`, accept: metadataOnly })
  const named = { ...attempt, what: `${holder.name} list secrets in ${environment}` }
  if (attempt.verdict !== 'allowed') return { attempt: named, secrets: [] }
  const { items } = listSchema.parse(JSON.parse(text))
  return { attempt: named, secrets: items.map(({ metadata }) => ({ name: metadata.name, version: metadata.annotations?.[versionAnnotation], sealedBy: metadata.ownerReferences?.find(({ kind }) => kind === 'SealedSecret')?.uid })) }
}

/** The values of a Secret from the text of its object, decoded. They are to be compared, never recorded. */
export function secretValues(text: string): Record<string, string> {
  const { data = {} } = z.object({ data: z.record(z.string(), z.string()).optional() }).parse(JSON.parse(text))
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]))
}
