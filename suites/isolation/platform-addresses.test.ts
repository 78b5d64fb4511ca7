import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a pod of an environment reaches the data store and none of the API server, the nodes, the ingress and the world outside, which a pod without policies reaches',
  { tags: ['FR-009'] },
  async ({ traffic, evidence }) => {
    const { landmarks, seconds } = await traffic.pass()
    const { cells, missing, unmanned } = landmarks
    evidence.reachability('attempts from each environment at places of the platform; the controls are the same attempts from a pod without any policy', { cells, seconds })
    evidence.observe('places where nobody answers, not even a pod without policies, so that nothing is shown there but what the policies say; and places that were not found', {
      unmanned: unmanned.map(({ cell, reason }) => ({ from: cell.from, to: cell.to, port: cell.port, computed: cell.computed, reason })), missing,
    })

    const closed = cells.filter(({ cell }) => cell.intended === 'deny')
    const open = cells.filter(({ cell }) => cell.intended === 'allow')
    expect(closed).toBeDenied()
    expect(open).toHaveVerdict('delivered')
    refuseUndecided(missing)
  },
)
