import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { PortForward, type KubeConfig, type V1Pod } from '@kubernetes/client-node'
import { holders } from '../../intent/access.ts'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { apiServerRoutes, mayTake, type ApiServerRoute } from '../../intent/segmentation.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { sentenceOf } from '../indeterminate.ts'
import { reviewEach } from '../platform/access-review.ts'
import { administrator } from '../platform/holders.ts'
import { reading, statusIn } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { rawRequest } from '../platform/request.ts'
import { accessVerdict, type AccessAttempt } from '../verdict.ts'
import { labelsOfPurpose } from './agent-pod.ts'
import { probeContainer, restrictedContainer, restrictedPod, runLabels } from './manifests.ts'
import { ownNamespace, type OwnPlace } from './own-namespace.ts'
import { startReadyPod } from './run-pod.ts'
import { agnhost } from './workload.ts'

const port = 8080
const purpose = 'echo'

/** A pod that says back over HTTP what it is asked to say, and its Service of the same name. */
export interface Echo { namespace: string, name: string }

export interface ApiServerWorld extends OwnPlace { platform: Platform }

/** One echo in each of some environments, under its policies, and one in a namespace of the run's own that has none. Rejects with IndeterminateError when one does not start. */
export async function startEchoes(world: ApiServerWorld, environments: readonly EnvironmentName[]): Promise<{ inside: ReadonlyMap<EnvironmentName, Echo>, outside: Echo }> {
  const own = await ownNamespace(world, purpose)
  const [outside, inside] = await Promise.all([
    startEcho(world, own),
    Promise.all(environments.map(async (environment): Promise<[EnvironmentName, Echo]> => [environment, await startEcho(world, world.platform.namespaceOf(environment))])),
  ])
  return { outside, inside: new Map(inside) }
}

async function startEcho(world: ApiServerWorld, namespace: string): Promise<Echo> {
  const { platform: { cluster: { core } }, run } = world
  const name = `probe-${purpose}-${run.label}`
  const labels = { ...runLabels(run.label), ...labelsOfPurpose(run.label, purpose) }
  const container = { name: probeContainer, image: agnhost, args: ['netexec', '--http-port', String(port), '--udp-port', '-1'], ...restrictedContainer }
  const body: V1Pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec: { ...restrictedPod, containers: [container] } }
  await reading(`make a Service for the echo in ${namespace}`, core.createNamespacedService({
    namespace, body: { metadata: { name, labels }, spec: { selector: labelsOfPurpose(run.label, purpose), ports: [{ port, protocol: 'TCP' }] } },
  }))
  run.created(`Service ${namespace}/${name}`)
  await startReadyPod(world, { namespace, body, budget: budgets.workloadStart })
  return { namespace, name }
}

function pathOf(route: ApiServerRoute, { namespace, name }: Echo, nonce: string): string {
  const base = `/api/v1/namespaces/${namespace}`
  if (route === 'pods/portforward') return `${base}/pods/${name}/portforward?ports=${port}`
  return `${base}/${route === 'pods/proxy' ? 'pods' : 'services'}/${name}:${port}/proxy/echo?msg=${nonce}`
}

/** One attempt of somebody to get at an echo by one route, and what the intent says of it. */
export interface RouteAttempt { who: string, route: ApiServerRoute, environment: EnvironmentName, nonce: string, intended: 'allow' | 'deny', attempt: AccessAttempt }

/** Whoever holds credentials, and what they were issued for. */
export interface Taker { config: KubeConfig, person: string, profile: string, environment: EnvironmentName }

/** Real requests with somebody's credentials, by every route at the echoes of some environments. Each refusal is told to the platform channel as an attempted escalation, so these are few. */
export async function attemptRoutes(echoes: ReadonlyMap<EnvironmentName, Echo>, taker: Taker): Promise<RouteAttempt[]> {
  return await Promise.all([...echoes].flatMap(([environment, echo]) => apiServerRoutes.map(async (route): Promise<RouteAttempt> => {
    const nonce = randomUUID()
    const who = `${taker.person} (${taker.profile} of ${taker.environment})`
    const intended = mayTake(route, taker, environment) ? 'allow' : 'deny'
    return { who, route, environment, nonce, intended, attempt: await attemptAt(taker.config, `${who} take ${route} in ${environment}`, pathOf(route, echo, nonce)) }
  })))
}

async function attemptAt(config: KubeConfig, what: string, path: string): Promise<AccessAttempt> {
  const { status, text } = await rawRequest(config, { method: 'GET', path }).catch((error: unknown) => ({ status: 0, text: JSON.stringify({ message: sentenceOf(error) }) }))
  const { reason, message = '' } = statusIn(text)
  return { what, verdict: accessVerdict({ status, reason }), status, message }
}

/** What the live authorizer answers about one way, for whoever it is. */
export interface RouteReview { who: string, route: ApiServerRoute, verb: string, environment: EnvironmentName, intended: 'allow' | 'deny', allowed: boolean }

/** Every holder of a profile and every default account, by every route, in every environment, both for looking and for sending. Asking changes nothing and alarms nobody. */
export async function reviewRoutes({ platform }: ApiServerWorld): Promise<RouteReview[]> {
  const rows = holders.flatMap((holder) => environmentNames.flatMap((environment) => apiServerRoutes.flatMap((route) => ['get', 'create'].map((verb) => ({ holder, environment, route, verb })))))
  const answers = await reviewEach(platform, rows, ({ holder, environment, route, verb }) => {
    const [resource = '', subresource = ''] = route.split('/')
    const resourceAttributes = { namespace: platform.namespaceOf(environment), verb, resource, subresource }
    return { what: `${verb} ${route} in ${environment} for ${holder.name}`, spec: { user: holder.user, groups: [...holder.groups], resourceAttributes } }
  })
  return answers.map(({ row: { holder, environment, route, verb }, allowed }) => ({ who: holder.name, environment, route, verb, intended: mayTake(route, holder, environment) ? 'allow' : 'deny', allowed }))
}

/** The platform's administrator by the same route, and what came back. */
export interface RouteControl { route: ApiServerRoute, where: string, nonce: string, answered: boolean, detail: string }

/** The controls: who has the right gets through, to a pod that echoes the nonce. Port-forwarding goes to a pod under default-deny, which does not stop it. */
export async function controlRoutes({ platform }: ApiServerWorld, { outside, denied }: { outside: Echo, denied: Echo }): Promise<RouteControl[]> {
  const config = administrator(platform)
  return await Promise.all([
    proxied(config, 'pods/proxy', outside), proxied(config, 'services/proxy', outside), forwarded(config, denied),
  ])
}

/** Whether the API server itself gets at a pod under default-deny when it has the right to: what the policies are worth on this way. */
export async function proxiedUnderDenial({ platform }: ApiServerWorld, denied: Echo): Promise<RouteControl[]> {
  const config = administrator(platform)
  return await Promise.all([proxied(config, 'pods/proxy', denied), proxied(config, 'services/proxy', denied)])
}

async function proxied(config: KubeConfig, route: ApiServerRoute, echo: Echo): Promise<RouteControl> {
  const nonce = randomUUID()
  const where = `${echo.namespace}/${echo.name}`
  try {
    const { status, text } = await rawRequest(config, { method: 'GET', path: pathOf(route, echo, nonce) })
    return { route, where, nonce, answered: status === 200 && text.includes(nonce), detail: `${status} ${text.slice(0, 120)}` }
  }
  catch (error) {
    return { route, where, nonce, answered: false, detail: sentenceOf(error) }
  }
}

async function forwarded(config: KubeConfig, { namespace, name }: Echo): Promise<RouteControl> {
  const nonce = randomUUID()
  const [output, input] = [new PassThrough(), new PassThrough()]
  let text = ''
  output.on('data', (chunk: Buffer) => { text += chunk.toString('utf8') })
  const where = `${namespace}/${name}`
  try {
    await new PortForward(config).portForward(namespace, name, [port], output, null, input)
    input.write(`GET /echo?msg=${nonce} HTTP/1.0\r\n\r\n`)
    const { value } = await converge(() => Promise.resolve(text.includes(nonce)), budgets.apiRequest, { consecutive: 1, until: (found) => found })
    return { route: 'pods/portforward', where, nonce, answered: value, detail: text.slice(0, 120) }
  }
  catch (error) {
    return { route: 'pods/portforward', where, nonce, answered: false, detail: sentenceOf(error) }
  }
  finally {
    input.end()
  }
}

/** Everything that an echo has been asked, as it printed it: the second witness. */
export async function heardBy({ platform: { cluster } }: ApiServerWorld, { namespace, name }: Echo): Promise<string> {
  return await reading(`read the log of ${namespace}/${name}`, cluster.core.readNamespacedPodLog({ namespace, name, container: probeContainer }))
}
