import { expect, test } from '../lib/case.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { silentSources } from '../lib/platform/panels.ts'
import { readSignals } from '../lib/platform/tags.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'CPU, memory, workload events, ingress requests and node health of every environment arrive with its tag',
  { tags: ['FR-008'] },
  async ({ platform, evidence }) => {
    const prometheus = prometheusOn(platform)
    const [signals, silent] = [await readSignals(prometheus), silentSources(await prometheus.targets())]
    evidence.observe('series of each signal by environment, and sources that do not answer', { signals, silent })

    expect(signals.flatMap(({ environment, what, metric, mistagged }) => mistagged.map((how) =>
      `expected ${what} of ${environment} (${metric}) to carry the label environment=${environment}, but there are ${how}`))).toBeFaultless()
    const absent = signals.filter(({ tagged }) => tagged === 0).map(({ environment, what, metric }) => `expected ${what} of ${environment} to arrive, but Prometheus has no series of ${metric} from it`)
    // While a source is silent the series may be missing for that reason alone.
    refuseUndecided(silent.length === 0 ? [] : absent.map((sentence) => `${sentence}, while ${silent[0] ?? ''}`))
    expect(absent).toBeFaultless()
  },
)
