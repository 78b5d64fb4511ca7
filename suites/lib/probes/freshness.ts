import { podHealth, widgets } from '../../intent/dashboards.ts'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { readDashboards, type Dashboard } from '../platform/dashboards.ts'
import { prometheusOn, type Prometheus } from '../platform/prometheus.ts'
import { startWorkload, stopWorkload, unreadyWorkload, type WorkloadPlace } from './workload.ts'

/** How long a panel of an environment took to show a change, seconds; undefined when it did not within the budget. */
export interface Freshness {
  environment: EnvironmentName
  panel: string
  expression: string
  before: number
  /** A pod that is not ready was started. */
  appeared: number | undefined
  /** It was removed. */
  disappeared: number | undefined
}

/**
 * Starts a pod that is not ready in every environment and measures when the panel about the health of pods shows it, then removes it and
 * measures that. The clock starts when the API server has taken the change. Rejects with IndeterminateError when nothing can be measured.
 */
export async function measureFreshness(place: WorkloadPlace): Promise<Freshness[]> {
  const prometheus = prometheusOn(place.platform)
  const dashboards = await readDashboards(place.platform, environmentNames)
  return await Promise.all(environmentNames.map(async (environment): Promise<Freshness> => {
    const { panel, expression } = healthPanel(environment, dashboards.get(environment))
    const before = await steady(prometheus, expression, environment)
    const workload = unreadyWorkload(environment, 'fresh')
    try {
      await startWorkload(place, workload)
      const appeared = await seen(prometheus, expression, (value) => value < before)
      await stopWorkload(place, workload)
      const disappeared = appeared === undefined ? undefined : await seen(prometheus, expression, (value) => value >= before)
      return { environment, panel, expression, before, appeared, disappeared }
    }
    finally {
      await stopWorkload(place, workload)
    }
  }))
}

/** The panel of a dashboard that shows the health of pods, with the query that is not its threshold. */
export function healthPanel(environment: string, dashboard: Dashboard | undefined): { panel: string, expression: string } {
  const widget = widgets.find(({ name }) => name === podHealth)
  for (const { title, queries } of dashboard?.panels ?? []) {
    const query = queries.find(({ expression }) => !expression.includes('alert_threshold') && widget?.query.test(expression) === true)
    if (widget?.title.test(title) === true && query !== undefined) return { panel: title, expression: query.expression }
  }
  throw new IndeterminateError(`expected the dashboard of ${environment} to have a panel about the health of pods, but it has none to measure`)
}

async function steady(prometheus: Prometheus, expression: string, environment: string): Promise<number> {
  const { value, converged } = await converge(() => valueOf(prometheus, expression), budgets.panelShows, { consecutive: 3, every: 5000, until: (one) => one !== undefined && one > 0 })
  if (!converged || value === undefined) throw new IndeterminateError(`expected the health of the pods of ${environment} to be steady before it is changed, but it was ${value ?? 'without data'} at last`)
  return value
}

async function seen(prometheus: Prometheus, expression: string, changed: (value: number) => boolean): Promise<number | undefined> {
  const { converged, milliseconds } = await converge(() => valueOf(prometheus, expression), budgets.panelShows, { consecutive: 1, every: 500, until: (value) => value !== undefined && changed(value) })
  return converged ? milliseconds / 1000 : undefined
}

async function valueOf(prometheus: Prometheus, expression: string): Promise<number | undefined> {
  const [sample] = await prometheus.query(expression)
  return sample === undefined || Number.isNaN(sample.value) ? undefined : sample.value
}
