import type { V1Deployment, V1Service, V2HorizontalPodAutoscaler } from '@kubernetes/client-node'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { listenerPort, reachableLabel } from '../../intent/endpoints.ts'
import type { Autoscaling } from '../../intent/capacity.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { Run } from '../case.ts'
import { execIn } from '../platform/exec.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { pooled } from '../pool.ts'
import { probeContainer, probeImage, restrictedContainer, restrictedReplica, runLabels } from './manifests.ts'
import { parseResponse, requestLine, type AgentResult } from './protocol.ts'

const serviceLabel = 'plumbline.dev/service'
const purposeLabel = 'plumbline.dev/service-purpose'
const usual = 'service'

/** One small service of a run, with its autoscaler. */
export interface ServiceFact {
  environment: EnvironmentName
  name: string
  ready: boolean
  /** The autoscaler reads the service's metrics and can act on them. */
  scaling: boolean
  /** What is missing, in the cluster's own words. */
  why: string
}

/** `purpose` tells sets of services of one run apart; `service` unless said. */
export interface ServicePlace { platform: Platform, run: Run, autoscaling: Autoscaling, purpose?: string }

/** How many objects are made at the same time: more only makes the API server queue them. */
const width = 8

/** The verifier may enter only pods called probe-*. */
function names(count: number, { run: { label }, purpose = usual }: Pick<ServicePlace, 'run' | 'purpose'>): string[] {
  return Array.from({ length: count }, (_, index) => `probe-${purpose}-${String(index + 1).padStart(2, '0')}-${label}`)
}

/**
 * Makes `count` services in every environment at once, each a Deployment, a Service and an autoscaler. The Deployments come last: from the
 * first of them on the machine is busy with their pods, and every request waits its turn.
 */
export async function createServices(place: ServicePlace, count: number): Promise<void> {
  const { platform, run, autoscaling } = place
  const { core, apps, autoscaling: autoscalers } = platform.cluster
  const services = environmentNames.flatMap((environment) => names(count, place).map((name) => ({ environment, namespace: platform.namespaceOf(environment), name })))
  const make = async (kind: string, create: (one: (typeof services)[number]) => Promise<unknown>): Promise<void> => {
    await pooled(services, width, async (one) => {
      await reading(`make the ${kind} ${one.namespace}/${one.name}`, create(one))
      run.created(`${kind} ${one.namespace}/${one.name}`)
    })
  }
  await make('Service', ({ namespace, name }) => core.createNamespacedService({ namespace, body: service(name, place) }))
  await make('HorizontalPodAutoscaler', ({ namespace, name }) => autoscalers.createNamespacedHorizontalPodAutoscaler({ namespace, body: autoscaler(name, run.label, autoscaling, place.purpose) }))
  await make('Deployment', ({ environment, namespace, name }) => apps.createNamespacedDeployment({ namespace, body: deployment(name, environment, place) }))
}

/** Waits, inside one budget, until every service is ready and its autoscaler works; resolves with how far each has come. */
export async function servicesReady({ platform, run, purpose }: Omit<ServicePlace, 'autoscaling'>): Promise<{ services: ServiceFact[], seconds: number }> {
  const { value, milliseconds } = await converge(
    async () => (await Promise.all(environmentNames.map((environment) => look(platform, environment, selectorOf({ run, purpose }))))).flat(),
    budgets.servicesReady,
    { consecutive: 1, every: 2000, until: (all) => all.every(({ ready, scaling }) => ready && scaling), signal: run.signal },
  )
  return { services: value, seconds: milliseconds / 1000 }
}

function selectorOf({ run: { label }, purpose = usual }: { run: Pick<Run, 'label'>, purpose?: string | undefined }): string {
  return `plumbline.dev/run=${label},${purposeLabel}=${purpose}`
}

async function look(platform: Platform, environment: EnvironmentName, labelSelector: string): Promise<ServiceFact[]> {
  const namespace = platform.namespaceOf(environment)
  const [deployments, autoscalers] = await Promise.all([
    reading(`list the deployments of ${namespace}`, platform.cluster.apps.listNamespacedDeployment({ namespace, labelSelector })),
    reading(`list the autoscalers of ${namespace}`, platform.cluster.autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace, labelSelector })),
  ])
  return deployments.items.map((deployed) => {
    const name = deployed.metadata?.name ?? ''
    const faults = { ready: whyNotReady(deployed), scaling: whyNotScaling(autoscalers.items.find(({ metadata }) => metadata?.name === name)) }
    const why = [faults.ready, faults.scaling].filter((one) => one !== undefined).join('; ')
    return { environment, name, ready: faults.ready === undefined, scaling: faults.scaling === undefined, why }
  })
}

function whyNotReady({ status }: V1Deployment): string | undefined {
  if ((status?.availableReplicas ?? 0) > 0) return undefined
  return status?.conditions?.find((one) => one.type === 'ReplicaFailure' && one.status === 'True')?.message ?? 'no pod of it is available'
}

function whyNotScaling(found: V2HorizontalPodAutoscaler | undefined): string | undefined {
  const active = found?.status?.conditions?.find(({ type }) => type === 'ScalingActive')
  return active?.status === 'True' ? undefined : active?.message ?? 'its autoscaler has said nothing yet'
}

/** Calls every service of its own environment by name, from one of the services themselves; resolves with sentences about those that did not answer. */
export async function callServices(place: Omit<ServicePlace, 'autoscaling'>, count: number): Promise<{ called: number, faults: string[] }> {
  const { platform } = place
  const results = await Promise.all(environmentNames.map(async (environment) => {
    const namespace = platform.namespaceOf(environment)
    const { items } = await reading(`list the pods of ${namespace}`, platform.cluster.core.listNamespacedPod({ namespace, labelSelector: selectorOf(place), limit: 1 }))
    const pod = items[0]?.metadata?.name ?? ''
    const cells = names(count, place).map((name) => ({ id: `${environment}/${name}`, protocol: 'TCP' as const, host: `${name}.${namespace}.svc.cluster.local.`, port: listenerPort, nonce: `${name}-${environment}` }))
    const output = await execIn(platform.cluster.config, { namespace, pod, container: probeContainer }, ['/probe-agent', 'probe'], { input: requestLine(budgets.probeAttempt.milliseconds, cells), budget: budgets.probeExec })
    const answers = parseResponse(output, cells)
    return cells.flatMap(({ id }) => faultOf(id, answers.get(id)))
  }))
  return { called: environmentNames.length * count, faults: results.flat() }
}

function faultOf(id: string, answer: AgentResult | undefined): string[] {
  if (answer?.outcome === 'delivered' && answer.answeredBy === id) return []
  const seen = answer === undefined ? 'it was not tried' : `the outcome was ${answer.outcome}${answer.answeredBy === undefined ? '' : ` from ${answer.answeredBy}`}`
  return [`expected the service ${id} to answer a call from its own environment, but ${seen}`]
}

/** Begins to remove the services of the run, so that the next case has the machine to itself. Never rejects: what is left, the run's own clean-up takes and judges. */
export async function removeServices({ platform, run, purpose }: Omit<ServicePlace, 'autoscaling'>): Promise<void> {
  const labelSelector = selectorOf({ run, purpose })
  const { core, apps, autoscaling } = platform.cluster
  await Promise.all(environmentNames.map(async (environment) => {
    const namespace = platform.namespaceOf(environment)
    await autoscaling.deleteCollectionNamespacedHorizontalPodAutoscaler({ namespace, labelSelector }).catch(() => {})
    await apps.deleteCollectionNamespacedDeployment({ namespace, labelSelector }).catch(() => {})
    await core.deleteCollectionNamespacedService({ namespace, labelSelector }).catch(() => {})
  }))
}

/**
 * Removes the services and waits until no pod of them is left, so that others find the room that a quota gives; resolves with how many are when the budget is used up. It is
 * asked for again each time: a busy API server gives up in the middle of a collection.
 */
export async function servicesGone(place: Omit<ServicePlace, 'autoscaling'>): Promise<number> {
  const { platform, run, purpose } = place
  const { value } = await converge(async () => {
    await removeServices(place)
    const pods = await Promise.all(environmentNames.map(async (environment) => {
      const namespace = platform.namespaceOf(environment)
      return await reading(`list the pods of ${namespace}`, platform.cluster.core.listNamespacedPod({ namespace, labelSelector: selectorOf({ run, purpose }) }))
    }))
    return pods.reduce((sum, { items }) => sum + items.length, 0)
  }, budgets.cleanup, { consecutive: 1, every: 2000, until: (left) => left === 0 })
  return value
}

function labelsOf(name: string, run: string, purpose = usual): Record<string, string> {
  return { ...runLabels(run), [serviceLabel]: name, [purposeLabel]: purpose, [reachableLabel.name]: reachableLabel.value }
}

function deployment(name: string, environment: EnvironmentName, { run, purpose }: Pick<ServicePlace, 'run' | 'purpose'>): V1Deployment {
  const labels = labelsOf(name, run.label, purpose)
  return {
    metadata: { name, labels },
    spec: {
      selector: { matchLabels: { [serviceLabel]: name } },
      template: {
        metadata: { labels },
        spec: {
          ...restrictedReplica,
          containers: [{
            name: probeContainer,
            image: probeImage,
            args: ['listen', '-id', `${environment}/${name}`, '-tcp', String(listenerPort)],
            ports: [{ containerPort: listenerPort, name: 'tcp' }],
            readinessProbe: { tcpSocket: { port: listenerPort }, periodSeconds: 2 },
            securityContext: restrictedContainer.securityContext,
            resources: { requests: { cpu: '20m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
          }],
        },
      },
    },
  }
}

function service(name: string, { run, purpose }: Pick<ServicePlace, 'run' | 'purpose'>): V1Service {
  return { metadata: { name, labels: labelsOf(name, run.label, purpose) }, spec: { selector: { [serviceLabel]: name }, ports: [{ name: 'tcp', port: listenerPort }] } }
}

export function autoscaler(name: string, run: string, { minReplicas, maxReplicas, targetCPUUtilizationPercentage }: Autoscaling, purpose?: string): V2HorizontalPodAutoscaler {
  return {
    metadata: { name, labels: labelsOf(name, run, purpose) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas,
      maxReplicas,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: targetCPUUtilizationPercentage } } }],
      // Back as soon as the load is gone; the default looks back 5 minutes, which says nothing more about the platform.
      behavior: { scaleDown: { stabilizationWindowSeconds: 15 } },
    },
  }
}
