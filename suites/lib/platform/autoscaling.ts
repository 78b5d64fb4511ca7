import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Autoscaling } from '../../intent/capacity.ts'
import { suitesFolder } from '../case-id.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

const guide = 'docs/platform/capacity.md'
const thresholds = ['minReplicas', 'maxReplicas', 'targetCPUUtilizationPercentage'] as const satisfies readonly (keyof Autoscaling)[]

/** The thresholds in the table of the capacity guide: rows that begin with the name of one. */
export async function documentedThresholds(): Promise<Autoscaling> {
  return thresholdsIn(await readFile(join(suitesFolder, '..', guide), 'utf8'))
}

export function thresholdsIn(text: string): Autoscaling {
  const found = Object.fromEntries([...text.matchAll(/^\| `(\w+)` \| (\d+)\b/gm)].map(([, name = '', number]) => [name, Number(number)]))
  return complete(found, `the table in ${guide}`)
}

/** The thresholds that an environment offers to the charts of its services. */
export async function readAutoscalingDefaults(platform: Platform, environment: string): Promise<Autoscaling> {
  const namespace = platform.namespaceOf(environment)
  const { data } = await reading(`read the autoscaling thresholds of ${namespace}`, platform.cluster.core.readNamespacedConfigMap({ namespace, name: 'hpa-defaults' }))
  return complete(Object.fromEntries(Object.entries(data ?? {}).map(([name, value]) => [name, Number(value)])), `the ConfigMap hpa-defaults in ${namespace}`)
}

function complete(found: Record<string, number>, where: string): Autoscaling {
  const missing = thresholds.filter((name) => !Number.isFinite(found[name]))
  if (missing.length > 0) throw new IndeterminateError(`expected ${where} to give a number for ${missing.join(', ')}, but it does not`)
  const [minReplicas = 0, maxReplicas = 0, targetCPUUtilizationPercentage = 0] = thresholds.map((name) => found[name] ?? 0)
  return { minReplicas, maxReplicas, targetCPUUtilizationPercentage }
}

/** The autoscalers of the services that run in an environment, with the CPU share that each aims at. */
export async function readAutoscalers(platform: Platform, environment: string): Promise<{ name: string, target: number | undefined }[]> {
  const namespace = platform.namespaceOf(environment)
  const { items } = await reading(`list the autoscalers of ${namespace}`, platform.cluster.autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace }))
  return items.map(({ metadata, spec }) => ({
    name: metadata?.name ?? '', target: spec.metrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.target.averageUtilization,
  }))
}
