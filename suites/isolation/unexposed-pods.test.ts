import { expect, test } from '../lib/case.ts'

test(
  'a pod that does not ask to be reachable is reached by nobody, its own environment included',
  { tags: ['FR-003'] },
  async ({ traffic, evidence }) => {
    const within = await traffic.slice('unexposedWithinEnvironment')
    evidence.reachability('attempts from within each environment at a pod without the label that asks to be reached', within)

    expect(within.cells).toBeDenied()
  },
)
