import { expect, test } from '../lib/case.ts'

test(
  'no pod of an environment gets out to a pod that no policy protects: what stops it is the environment\'s own egress',
  { tags: ['FR-009'] },
  async ({ traffic, evidence }) => {
    const leaving = await traffic.slice('egressAlone')
    const outside = await traffic.slice('outsideAllPolicies')
    evidence.reachability('attempts from the environments at pods in a namespace without any policy', leaving)
    evidence.reachability('the same targets, tried by each other: the controls', outside)

    expect(leaving.cells).toBeDenied()
  },
)
