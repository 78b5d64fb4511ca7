import { expect, test } from '../lib/case.ts'

test(
  'a pod that no policy holds back does not get into any environment: what stops it is the environment\'s own ingress',
  { tags: ['FR-009'] },
  async ({ traffic, evidence }) => {
    const entering = await traffic.slice('ingressAlone')
    evidence.reachability('attempts from namespaces without any policy, one of them labelled like production, at the pods of the environments', entering)

    expect(entering.cells).toBeDenied()
  },
)
