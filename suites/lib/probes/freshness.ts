import { podHealth, widgets } from '../../intent/dashboards.ts'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { converge } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { readDashboards, type Dashboard } from '../platform/dashboards.ts'
import { reading } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
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

/** Shares of a few dozen pods that differ, differ by more than this. */
const exact = 1e-3

/**
 * Starts a pod that is not ready in every environment and measures when the panel about the health of pods shows it, then removes it and
 * measures that. The clock starts when the API server has taken the change; a panel shows it once it says what the API server says at that moment, so that
 * another pod which comes or goes meanwhile hides nothing. Rejects with IndeterminateError when nothing can be measured.
 */
export async function measureFreshness(place: WorkloadPlace): Promise<Freshness[]> {
  const prometheus = prometheusOn(place.platform)
  const dashboards = await readDashboards(place.platform, environmentNames)
  return await Promise.all(environmentNames.map(async (environment): Promise<Freshness> => {
    const { panel, expression } = healthPanel(environment, dashboards.get(environment))
    const look = async (): Promise<Look> => {
      const [shown, live] = await Promise.all([valueOf(prometheus, expression), readyShare(place.platform, environment)])
      return { shown, live }
    }
    const before = await steady(look, environment)
    const workload = unreadyWorkload(environment, 'fresh')
    try {
      await startWorkload(place, workload)
      const appeared = await agreed(look)
      await stopWorkload(place, workload)
      const disappeared = appeared === undefined ? undefined : await agreed(look)
      return { environment, panel, expression, before, appeared, disappeared }
    }
    finally {
      await stopWorkload(place, workload)
    }
  }))
}

/** Of the pods that should be ready, the share that is: as the panel shows it, and as the API server says. */
interface Look { shown: number | undefined, live: number }

function agree({ shown, live }: Look): boolean {
  return shown !== undefined && Math.abs(shown - live) < exact
}

/** A pod that has done its work need not be ready. */
async function readyShare({ cluster, namespaceOf }: Platform, environment: EnvironmentName): Promise<number> {
  const namespace = namespaceOf(environment)
  const { items } = await reading(`list the pods of ${namespace}`, cluster.core.listNamespacedPod({ namespace }))
  const due = items.filter(({ status }) => status?.phase !== 'Succeeded')
  return due.filter(({ status }) => status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true).length / due.length
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

async function steady(look: () => Promise<Look>, environment: string): Promise<number> {
  const { value: { shown, live }, converged } = await converge(look, budgets.panelShows, { consecutive: 3, every: 5000, until: (seen) => agree(seen) && seen.live > 0 })
  if (!converged || shown === undefined) throw new IndeterminateError(`expected the panel about the pods of ${environment} to show what the API server says (${live}) before it is changed, but it showed ${shown ?? 'no data'} at last`)
  return shown
}

async function agreed(look: () => Promise<Look>): Promise<number | undefined> {
  const { converged, milliseconds } = await converge(look, budgets.panelShows, { consecutive: 1, every: 500, until: agree })
  return converged ? milliseconds / 1000 : undefined
}

async function valueOf(prometheus: Prometheus, expression: string): Promise<number | undefined> {
  const [sample] = await prometheus.query(expression)
  return sample === undefined || Number.isNaN(sample.value) ? undefined : sample.value
}
