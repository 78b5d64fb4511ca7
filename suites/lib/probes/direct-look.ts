import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { vantages, type ProbedService } from '../../intent/signals.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { prometheusOn, type Prometheus } from '../platform/prometheus.ts'
import { rawRequest } from '../platform/request.ts'
import { askFrontDoor } from './front-door.ts'
import type { ClientWorld } from './https-client.ts'

/** What the verifier saw itself. */
export interface OwnLook {
  up: boolean
  detail: string
}

const notAsked: OwnLook = { up: false, detail: 'it was not asked' }

/** One service for one environment: the verifier's own look beside what the platform's probes say. */
export interface DirectLook {
  service: ProbedService
  environment: EnvironmentName
  own: OwnLook
  /** 1 up, 0 down, undefined when there is no sample. */
  probes: readonly { vantage: string, up: number | undefined }[]
}

/** Asks each service itself, then waits until the probes say the same or have had the time to. */
export async function lookDirectly(world: ClientWorld & { platform: Platform }, signal: AbortSignal): Promise<DirectLook[]> {
  const { platform } = world
  const etcd = await etcdUp(platform)
  const [apiServers, ingresses] = await Promise.all([Promise.all(environmentNames.map((environment) => apiServerUp(platform, environment))), askFrontDoor(world)])
  const looks = environmentNames.flatMap((environment, index) => {
    return [
      { service: 'api-server', environment, own: apiServers[index] ?? notAsked },
      { service: 'etcd', environment, own: etcd },
      { service: 'ingress', environment, own: ingresses.get(environment) ?? notAsked },
    ] as const
  })
  const prometheus = prometheusOn(platform)
  const { value } = await converge(() => beside(prometheus, looks), budgets.probesAgree, { consecutive: 1, every: 3000, until: (all) => all.every(agrees), signal })
  return value
}

function agrees({ own, probes }: DirectLook): boolean {
  return probes.every(({ up }) => up === (own.up ? 1 : 0))
}

async function beside(prometheus: Prometheus, looks: readonly Omit<DirectLook, 'probes'>[]): Promise<DirectLook[]> {
  const samples = await prometheus.query('slo:up')
  return looks.map((look) => ({
    ...look,
    probes: vantages.map((vantage) => ({
      vantage, up: samples.find(({ labels }) => labels['service'] === look.service && labels['environment'] === look.environment && labels['vantage'] === vantage)?.value,
    })),
  }))
}

async function apiServerUp({ cluster, namespaceOf }: Platform, environment: EnvironmentName): Promise<OwnLook> {
  const path = `/api/v1/namespaces/${namespaceOf(environment)}`
  return await rawRequest(cluster.config, { method: 'GET', path }).then(({ status }) => ({ up: status === 200, detail: `${path} was answered with ${status}` }), refused)
}

/** The API server says of each of its checks how it stands, to everybody who may ask whether it is ready. */
async function etcdUp({ cluster }: Platform): Promise<OwnLook> {
  const answer = await rawRequest(cluster.config, { method: 'GET', path: '/readyz', query: { verbose: '' } }).catch((error: unknown) => ({ status: 0, text: sentenceOf(error) }))
  const line = answer.text.split('\n').find((one) => /^\[[+-]\]etcd(?: |$)/.test(one)) ?? `no line about etcd in an answer with ${answer.status}`
  return { up: line.startsWith('[+]'), detail: line }
}

function refused(error: unknown): OwnLook {
  return { up: false, detail: `there was no answer (${sentenceOf(error)})` }
}
