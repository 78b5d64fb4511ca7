import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { V1Pod } from '@kubernetes/client-node'
import type { LoadProfile } from '../../intent/load.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import { bounds, marker, readLoad, type LoadResult } from './load-result.ts'
import { restrictedContainer, restrictedPod, runLabels } from './manifests.ts'
import { podState } from './pod-status.ts'

const image = 'docker.io/grafana/k6:1.8.1'
const container = 'k6'
const folder = '/load'

/** What is loaded: each request goes to one of the URLs. */
export interface LoadTarget {
  urls: readonly string[]
  /** Addresses of host names that no DNS server knows. */
  hosts?: Readonly<Record<string, string>>
  /** PEM of the authority that signed the targets' certificates. */
  authority?: string
}

export interface LoadOrder {
  platform: Platform
  run: RunRecord & { label: string, signal: AbortSignal }
  /** Namespace that the load comes from. */
  namespace: string
  /** Part of the pod's name; one per load of a run. */
  name: string
  profile: LoadProfile
  target: LoadTarget
}

/**
 * Runs a load with k6 in a pod of the run and resolves with what it measured. Rejects with IndeterminateError when k6 could not run, did not
 * end in time, or sent nothing.
 */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const { platform: { cluster: { core } }, run, namespace, profile } = order
  const name = `load-${order.name}-${run.label}`
  await reading(`start k6 in ${namespace}`, core.createNamespacedPod({ namespace, body: await loadPod(name, order) }))
  run.created(`Pod ${namespace}/${name}`)
  const budget = { ...budgets.loadOverhead, milliseconds: profile.seconds * 1000 + budgets.loadOverhead.milliseconds }
  let failingSince: number | undefined
  const look = async (): Promise<{ ended: boolean, hopeless: boolean, why: string }> => {
    const pod = await reading(`look at k6 in ${namespace}`, core.readNamespacedPod({ namespace, name }))
    const state = podState(pod)
    failingSince = state.state === 'failing' ? failingSince ?? performance.now() : undefined
    const hopeless = failingSince !== undefined && performance.now() - failingSince > budgets.podStartFailure.milliseconds
    return { ended: pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed', hopeless, why: state.state === 'ready' ? 'it still runs' : state.why }
  }
  const { value } = await converge(look, budget, { consecutive: 1, every: 1000, until: ({ ended, hopeless }) => ended || hopeless, signal: run.signal })
  if (!value.ended) throw new IndeterminateError(`expected the load "${profile.name}" to end within ${budget.milliseconds / 1000} s, but ${value.why}`)
  const output = await reading(`read what k6 printed in ${namespace}`, core.readNamespacedPodLog({ namespace, name, container }))
  await reading(`remove k6 from ${namespace}`, core.deleteNamespacedPod({ namespace, name, gracePeriodSeconds: 0 }))
  return readLoad(output, profile)
}

/** The script comes in as an annotation that a downward API volume shows as a file: a pod is all that the run may make. */
async function loadPod(name: string, { run, profile, target }: LoadOrder): Promise<V1Pod> {
  const { urls, hosts = {}, authority } = target
  const { rate, seconds, thresholds } = profile
  const files = { 'script.ts': await readFile(join(import.meta.dirname, 'load', 'script.ts'), 'utf8'), ...authority === undefined ? {} : { 'authority.pem': authority } }
  const annotation = (file: string): string => `plumbline.dev/${file}`
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: runLabels(run.label), annotations: Object.fromEntries(Object.entries(files).map(([file, text]) => [annotation(file), text])) },
    spec: {
      ...restrictedPod,
      containers: [{
        name: container,
        image,
        args: ['run', '--quiet', '--no-usage-report', '--no-color', `${folder}/script.ts`],
        env: [
          { name: 'LOAD', value: JSON.stringify({ rate, seconds, thresholds, targets: urls, hosts, bounds, marker }) },
          { name: 'HOME', value: '/tmp' },
          ...authority === undefined ? [] : [{ name: 'SSL_CERT_FILE', value: `${folder}/authority.pem` }],
        ],
        securityContext: restrictedContainer.securityContext,
        resources: { requests: { cpu: '50m', memory: '96Mi' }, limits: { cpu: '1', memory: '384Mi' } },
        volumeMounts: [{ name: 'load', mountPath: folder }, { name: 'scratch', mountPath: '/tmp' }],
      }],
      volumes: [
        { name: 'load', downwardAPI: { items: Object.keys(files).map((path) => ({ path, fieldRef: { fieldPath: `metadata.annotations['${annotation(path)}']` } })) } },
        { name: 'scratch', emptyDir: { sizeLimit: '16Mi' } },
      ],
    },
  }
}
