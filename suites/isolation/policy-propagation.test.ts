import { policyChanges, policyInForce } from '../intent/segmentation.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { measurePropagation } from '../lib/probes/propagation.ts'
import { lateChanges, latencyOf } from '../lib/propagation.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a network policy is in force, and its removal too, within the time that the end of an override allows',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const { engine, changes, clock, attempts, nodes, unasked } = await measurePropagation({ platform, run })
    const [denied, allowed] = [latencyOf(changes, 'deny'), latencyOf(changes, 'allow')]
    evidence.observe('milliseconds from the acknowledgement of a changed policy until the last attempt that was delivered, or the first', {
      engine, denied, allowed, atMost: policyInForce, clock, nodes, attempts: { made: attempts.attempts, delivered: attempts.delivered }, unasked, changes,
    })
    for (const [what, seen] of [['denial', denied], ['permission', allowed]] as const) if (seen !== undefined) run.took(`policy propagation: ${what}, median`, seen.median / 1000)

    expect(lateChanges(changes, { engine, waited: budgets.policyLands.milliseconds })).toBeFaultless()
    refuseUndecided([
      ...changes.length === 2 * policyChanges ? [] : [`expected ${2 * policyChanges} changes of a policy to be measured, but there were ${changes.length}`],
      ...clock.uncertain <= policyInForce.median / 4 ? [] : [`expected to know the clock of the sender's node within ${policyInForce.median / 4} ms, but it is uncertain by ${Math.round(clock.uncertain)} ms; the machine is too busy for this measurement`],
    ])
  },
)
