import type { Chart } from '../../../reports/model/chart.ts'
import { alertThresholds } from '../../intent/thresholds.ts'
import type { AlertStory } from '../alert-story.ts'

const seconds = /_seconds:/

/** Each measure while its threshold was crossed on purpose, the environments beside each other. */
export function crossingCharts(stories: readonly AlertStory[]): Chart[] {
  return alertThresholds.flatMap(({ alert, measure, values }): Chart[] => {
    const [unit, factor] = seconds.test(measure) ? ['s', 1] as const : ['%', 100] as const
    const own = stories.filter(({ threshold, measure: points }) => threshold.alert === alert && points.length > 0)
    if (own.length === 0) return []
    return [{
      kind: 'line', group: 'Thresholds crossed on purpose', title: alert, unit, threshold: Number((values.development * factor).toPrecision(5)),
      series: own.map(({ threshold, measure: points }) => ({ name: threshold.environment, points: points.map(([at, value]): [number, number] => [Math.round(at), Number((value * factor).toPrecision(5))]) })),
    }]
  })
}
