import { environmentNames } from '../intent/environments.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { readDashboards } from '../lib/platform/dashboards.ts'
import { askPanels, silentSources } from '../lib/platform/panels.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const about = [...environmentNames, 'platform']

test(
  'every panel of every dashboard returns data, for every environment',
  { tags: ['FR-008', 'SC-006', 'NFR-005'] },
  async ({ platform, evidence }) => {
    const prometheus = prometheusOn(platform)
    const dashboards = await readDashboards(platform, about)
    const ask = () => askPanels(prometheus, [...dashboards.values()])
    // A platform that is a minute old has rates without a second sample.
    const young = { consecutive: 1, every: 5000, until: (panels: Awaited<ReturnType<typeof ask>>) => panels.every(({ empty }) => empty.length === 0) }
    const { value: panels } = await converge(ask, budgets.panelsFilled, young)
    const silent = silentSources(await prometheus.targets())
    evidence.observe('panels by dashboard with the queries that return nothing, and sources that do not answer', {
      panels: panels.map(({ dashboard, panel, empty, chart }) => ({ dashboard, panel, series: chart?.series.length ?? 0, empty })), silent,
    })
    for (const { chart } of panels) if (chart !== undefined) evidence.chart(chart)

    expect(about.filter((name) => !dashboards.has(name)).map((name) => `expected a dashboard of ${name}, but the cluster has no ConfigMap dashboard-${name} in observability`)).toBeFaultless()
    const empty = panels.flatMap(({ dashboard, panel, empty: queries }) => queries.map(({ expression, why }) => `expected the panel "${panel}" of the dashboard of ${dashboard} to show data, but of its query ${expression} ${why}`))
    refuseUndecided(silent.length === 0 ? [] : empty.map((sentence) => `${sentence}, while ${silent[0] ?? ''}`))
    expect(empty).toBeFaultless()
  },
)
