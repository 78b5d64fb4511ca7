import { environmentNames, groupOf, type EnvironmentName } from '../../intent/environments.ts'
import type { Row } from '../../intent/escalation.ts'
import { podShapes, type PodShapeId } from '../../intent/escalations-nodes.ts'
import { escalations } from '../../intent/escalations.ts'
import { cellOf, type Judged } from '../escalation-judge.ts'
import { callsAtOnce, type Call, type CallAnswer } from '../platform/calls.ts'
import { pooled } from '../pool.ts'
import type { AttemptWorld, Tried } from './attempts-made.ts'
import { runLabels } from './manifests.ts'
import { podOf, podsOnly, workloadOf } from './pod-shapes.ts'

export interface OfferWorld extends AttemptWorld {
  /** The canaries' namespace, which no guardrail and no Pod Security level reaches. */
  unguarded: string
}

const resources = ['pods', 'deployments'] as const
type Resource = (typeof resources)[number]

/** Whose word a refusal must be: that of Pod Security for pods, of the guardrail for what makes pods. */
const refusal: Readonly<Record<Resource, string>> = { pods: 'violates PodSecurity "restricted', deployments: 'ValidatingAdmissionPolicy \'plumbline-workloads\'' }

interface Offer { environment: EnvironmentName, shape: PodShapeId, resource: Resource, answer: CallAnswer, tried: Tried | undefined }

/**
 * Offers every shape of pod to every environment by server-side dry run: as a pod by who may make pods and nothing else, and as a Deployment by
 * a deployer of the environment. Each is first offered to a namespace without guard, which must take it: else it is refused for another reason.
 */
export async function offerShapes(world: OfferWorld): Promise<{ judged: Judged[], tried: Tried[] }> {
  const unguarded = new Map((await pooled(podShapes.flatMap(({ id }) => resources.map((resource) => ({ id, resource }))), callsAtOnce / 2, async ({ id, resource }) => {
    const answer = await world.call({ ...offered(world, { resource, shape: id, namespace: world.unguarded, mark: `canary-${world.run}-${id.toLowerCase()}` }), token: world.canaryTokens[`canary-c1-${resource}`] })
    return [`${id} ${resource}`, answer] as const
  })))
  const wanted = environmentNames.flatMap((environment) => podShapes.flatMap(({ id }) => resources.filter((resource) => resource === 'pods' || !podsOnly.has(id)).map((resource) => ({ environment, shape: id, resource }))))
  const offers = await pooled(wanted, callsAtOnce / 2, async (one, index) => offerOne(world, one, `attempt-${world.run}-s${index}`))
  const taken = (environment: EnvironmentName, resource: Resource): CallAnswer | undefined => offers.find((one) => one.environment === environment && one.resource === resource && one.shape === 'D8')?.answer
  const judged = offers.map((one) => judgeShape(one, { harmless: taken(one.environment, one.resource), unguarded: unguarded.get(`${one.shape} ${one.resource}`) }))
  return { judged, tried: offers.flatMap(({ tried }) => tried ?? []) }
}

async function offerOne(world: OfferWorld, { environment, shape, resource }: Pick<Offer, 'environment' | 'shape' | 'resource'>, mark: string): Promise<Offer> {
  const deployer = world.actors.find(({ identity }) => identity.name === groupOf(environment, 'deployer'))
  const call = offered(world, { resource, shape, namespace: environment, mark })
  const answer = await world.call({ ...call, token: resource === 'pods' ? world.canaryTokens['canary-c1-pods'] : deployer?.token })
  const tried = resource === 'pods' || deployer === undefined ? undefined
    : { mark, user: deployer.user, what: `${deployer.identity.name}: ${call.method} ${call.path}`, recorded: { verb: 'create', resource }, status: answer.status }
  return { environment, shape, resource, answer, tried }
}

function offered({ run }: OfferWorld, { resource, shape, namespace, mark }: { resource: Resource, shape: PodShapeId, namespace: string, mark: string }): Call {
  const root = resource === 'pods' ? '/api/v1' : '/apis/apps/v1'
  // The name of a Deployment is part of the names and labels of its pods.
  return { method: 'POST', path: `${root}/namespaces/${namespace}/${resource}?dryRun=All&fieldManager=${mark}`, body: workloadOf(resource, { name: mark, labels: { ...runLabels(run), 'plumbline.dev/attempt': mark } }, podOf(shape)) }
}

interface Controls { harmless: CallAnswer | undefined, unguarded: CallAnswer | undefined }

function judgeShape(offer: Offer, controls: Controls): Judged {
  const { environment, shape, resource, answer } = offer
  const identity = { name: resource === 'pods' ? 'whoever may make pods' : groupOf(environment, 'deployer') }
  const cell = cellOf({ row: rowOf(shape), identity, scope: environment, intended: shape === 'D8' ? 'allow' : 'deny', form: 'dry-run' }, answer.verdict, {
    control: controls.unguarded?.verdict ?? 'not-run', reason: `${resource}: ${said(answer)}`,
  })
  return { cell, ...shape === 'D8' ? judgeHarmless(offer) : judgeHarmful(offer, controls) }
}

function judgeHarmless({ environment, resource, answer }: Offer): Pick<Judged, 'doubt'> {
  if (answer.verdict === 'allowed') return {}
  return { doubt: `expected ${environment} to take a pod that asks for nothing, offered among its ${resource}, but the answer was ${said(answer)}: what else it refuses proves nothing` }
}

function judgeHarmful({ environment, shape, resource, answer }: Offer, { harmless, unguarded }: Controls): Pick<Judged, 'fault' | 'doubt'> {
  const { title } = rowOf(shape)
  const what = `${environment} to refuse ${title} (${shape}), offered among its ${resource}`
  if (answer.verdict === 'allowed') return { fault: `expected ${what}, but it takes it` }
  if (answer.verdict !== 'forbidden') return { doubt: `expected ${what} with 403 Forbidden, but the answer was ${said(answer)}, which is no denial` }
  if (unguarded?.verdict !== 'allowed') return { doubt: `expected a namespace without guard to take ${title} (${shape}) among its ${resource}, but the answer was ${said(unguarded)}: the refusal elsewhere proves nothing` }
  if (harmless?.verdict !== 'allowed') return { doubt: `expected ${environment} to take a harmless one among its ${resource} too, but the answer was ${said(harmless)}: the refusal of ${shape} proves nothing` }
  // Another guard may hide that this one is not in force.
  return answer.message.includes(refusal[resource]) ? {} : { fault: `expected ${what} by ${refusal[resource]}, but the refusal was: ${answer.message}` }
}

function said(answer: CallAnswer | undefined): string {
  return answer === undefined ? 'none' : `${answer.status} ${answer.message}`
}

function rowOf(shape: PodShapeId): Row {
  const row = escalations.find(({ id }) => id === shape)
  if (row === undefined) throw new TypeError(`expected the catalogue to have the row ${shape}`)
  return row
}
