import { refreshAtMost, refreshSeconds, widgets } from '../intent/dashboards.ts'
import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { readDashboards } from '../lib/platform/dashboards.ts'

test(
  'every environment has a dashboard that refreshes within a minute, with widgets for CPU, memory, pod health, request success and ingress latency',
  { tags: ['NFR-005', 'SC-006'] },
  async ({ platform, evidence }) => {
    const dashboards = await readDashboards(platform, environmentNames)
    evidence.observe('dashboards as the cluster holds them', [...dashboards.values()])

    expect(environmentNames.flatMap((environment) => {
      const dashboard = dashboards.get(environment)
      if (dashboard === undefined) return [`expected a dashboard of ${environment}, but the cluster has none`]
      const seconds = refreshSeconds(dashboard.refresh)
      const refresh = seconds !== undefined && seconds <= refreshAtMost ? [] : [`expected the dashboard of ${environment} to refresh every ${refreshAtMost} s at most, but its refresh is "${dashboard.refresh}"`]
      const missing = widgets.filter(({ title, query }) => !dashboard.panels.some((panel) => title.test(panel.title) && panel.queries.some(({ expression }) => query.test(expression) && expression.includes(`"${environment}"`))))
      return [...refresh, ...missing.map(({ name }) => `expected the dashboard of ${environment} to have a widget for ${name} of that environment, but none of its ${dashboard.panels.length} panels is one`)]
    })).toBeFaultless()
  },
)
