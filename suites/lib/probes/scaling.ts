import type { V1Deployment } from '@kubernetes/client-node'
import { reachableLabel } from '../../intent/endpoints.ts'
import type { EnvironmentName } from '../../intent/environments.ts'
import type { LoadProfile } from '../../intent/load.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading } from '../platform/kubernetes.ts'
import { runLoad } from './k6.ts'
import type { LoadResult } from './load-result.ts'
import { restrictedContainer, restrictedReplica, runLabels } from './manifests.ts'
import { autoscaler, type ServicePlace } from './services.ts'

const image = 'registry.k8s.io/e2e-test-images/agnhost:2.59'
const port = 8080

/** What an autoscaler did while its service was loaded and after. */
export interface Scaling {
  load: LoadResult
  /** Replicas that were ready, by milliseconds since 1970. */
  replicas: [number, number][]
  /** Most replicas that were ready during the load. */
  most: number
  /** Seconds from the start of the load until a second replica was ready; undefined when none was. */
  outSeconds: number | undefined
  /** Seconds from the end of the load until one replica was left; undefined when more were left at the end of the budget. */
  backSeconds: number | undefined
}

/** Loads one service with an autoscaler, watches its replicas, and waits until they are back. Rejects with IndeterminateError when the load itself failed. */
export async function scaleOutAndBack(place: ServicePlace, environment: EnvironmentName, profile: LoadProfile): Promise<Scaling> {
  const { platform, run, autoscaling } = place
  const namespace = platform.namespaceOf(environment)
  const name = `scaling-${run.label}`
  await createScaled(place, { namespace, name })
  const replicas: [number, number][] = []
  const ready = async (): Promise<number> => {
    const { status } = await reading(`look at the deployment ${namespace}/${name}`, platform.cluster.apps.readNamespacedDeployment({ namespace, name }))
    replicas.push([Date.now(), status?.readyReplicas ?? 0])
    return status?.readyReplicas ?? 0
  }
  const first = await converge(ready, budgets.servicesReady, { consecutive: 1, every: 1000, until: (count) => count >= autoscaling.minReplicas, signal: run.signal })
  if (!first.converged) throw new IndeterminateError(`expected ${autoscaling.minReplicas} ready replica of ${namespace}/${name} before it is loaded, but after ${Math.round(first.milliseconds / 1000)} s there were ${first.value}`)
  const loading = runLoad({ platform, run, namespace, name: 'scaling', profile, target: { urls: [`http://${name}.${namespace}.svc.cluster.local.:${port}/hostname`] } })
  const [out, load] = await Promise.all([
    converge(ready, budgets.scaleOut, { consecutive: 1, every: 1000, until: (count) => count > autoscaling.minReplicas, signal: run.signal }),
    loading,
  ])
  const ended = performance.now()
  const back = await converge(ready, budgets.scaleBack, { consecutive: 2, every: 2000, until: (count) => count === autoscaling.minReplicas, signal: run.signal })
  return {
    load,
    replicas,
    most: Math.max(...replicas.map(([, count]) => count)),
    outSeconds: out.converged ? out.milliseconds / 1000 : undefined,
    backSeconds: back.converged ? (performance.now() - ended) / 1000 : undefined,
  }
}

async function createScaled({ platform, run, autoscaling }: ServicePlace, { namespace, name }: { namespace: string, name: string }): Promise<void> {
  const { core, apps, autoscaling: autoscalers } = platform.cluster
  await reading(`make the deployment ${namespace}/${name}`, apps.createNamespacedDeployment({ namespace, body: deployment(name, run.label) }))
  run.created(`Deployment ${namespace}/${name}`)
  const service = { metadata: { name, labels: runLabels(run.label) }, spec: { selector: { app: name }, ports: [{ name: 'http', port }] } }
  await reading(`make the service ${namespace}/${name}`, core.createNamespacedService({ namespace, body: service }))
  run.created(`Service ${namespace}/${name}`)
  await reading(`make the autoscaler ${namespace}/${name}`, autoscalers.createNamespacedHorizontalPodAutoscaler({ namespace, body: autoscaler(name, run.label, autoscaling) }))
  run.created(`HorizontalPodAutoscaler ${namespace}/${name}`)
}

function deployment(name: string, run: string): V1Deployment {
  const labels = { ...runLabels(run), app: name, [reachableLabel.name]: reachableLabel.value }
  return {
    metadata: { name, labels },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels },
        spec: {
          ...restrictedReplica,
          containers: [{
            name: 'server',
            image,
            args: ['netexec', `--http-port=${port}`, '--udp-port=-1'],
            ports: [{ containerPort: port, name: 'http' }],
            // Not /healthz: that one is only ready once the UDP server is.
            readinessProbe: { httpGet: { path: '/hostname', port }, periodSeconds: 2 },
            securityContext: restrictedContainer.securityContext,
            // A request that a few hundred calls a second exceed many times over.
            resources: { requests: { cpu: '30m', memory: '32Mi' }, limits: { cpu: '300m', memory: '128Mi' } },
          }],
        },
      },
    },
  }
}
