import { environmentNames } from '../../intent/environments.ts'
import { alertThresholds } from '../../intent/thresholds.ts'
import type { Platform } from './platform.ts'
import { prometheusOn } from './prometheus.ts'

export interface SampleAge {
  what: string
  /** Age of the newest sample. */
  seconds: number
}

const rules = alertThresholds.map(({ measure }) => measure)
const scraped = ['container_cpu_usage_seconds_total', 'container_memory_working_set_bytes', 'kube_pod_status_ready', 'traefik_service_requests_total']

/** How old the newest sample is of every series that dashboards are made of, by environment, and of every source; and what has none. */
export async function readAges(platform: Pick<Platform, 'cluster'>): Promise<{ ages: SampleAge[], missing: string[] }> {
  const prometheus = prometheusOn(platform)
  const [series, sources] = await Promise.all([
    // One by one: an age has no name, so those of two series would be the same.
    Promise.all([...rules, ...scraped].map(async (name) => ({ name, samples: await prometheus.query(`time() - max by (environment) (timestamp(${name}{environment!=""}))`) }))),
    prometheus.query('time() - max by (job, instance) (timestamp(up))'),
  ])
  const found = series.flatMap(({ name, samples }) => environmentNames.map((environment) => ({ what: `${name} of ${environment}`, sample: samples.find(({ labels }) => labels['environment'] === environment) })))
  return {
    ages: [
      ...found.flatMap(({ what, sample }) => sample === undefined ? [] : [{ what, seconds: sample.value }]),
      ...sources.map(({ labels, value }) => ({ what: `the source ${labels['job'] ?? ''} ${labels['instance'] ?? ''}`, seconds: value })),
    ],
    missing: [...found.filter(({ sample }) => sample === undefined).map(({ what }) => what), ...(sources.length === 0 ? ['any source'] : [])],
  }
}
