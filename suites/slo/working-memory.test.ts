import { expect, test } from '../lib/case.ts'
import { platformMemory } from '../lib/platform/memory.ts'

test(
  'the memory that the platform takes is known at any time, and what it was at most is in the report',
  { tags: ['FR-008'] },
  async ({ platform, run, evidence }) => {
    const { chart, peakBytes, byNamespace, missing } = await platformMemory(platform, run.id)
    evidence.chart(chart)
    evidence.observe('most memory in use since the run began, working sets of all containers, bytes', { peakBytes, byNamespace })

    expect(missing.map((namespace) => `expected the working sets of ${namespace}, but Prometheus has none of it`)).toBeFaultless()
  },
)
