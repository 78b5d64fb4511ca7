import { openConnections } from '../intent/segmentation.ts'
import { expect, test } from '../lib/case.ts'
import { fateOf, unlikeGuide, unseen } from '../lib/open-connection.ts'
import { watchOpenConnection } from '../lib/probes/open-connection.ts'
import { closedEnds } from '../lib/probes/stream.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a connection that was open before a denial landed fares as the guide on overrides tells, and ends with the pod at its end',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const watched = await Promise.all(closedEnds.map((end) => watchOpenConnection({ platform, run }, end)))
    evidence.observe('one connection in use while a denial lands, some seconds later, and after the pod at its far end was ended; beside it new attempts every few milliseconds', {
      guide: openConnections, watched: watched.map((one) => ({ fate: fateOf(one), answersAfterDenial: one.later.held.answers - one.denied.held.answers, ...one })),
    })

    expect(unlikeGuide(watched)).toBeFaultless()
    refuseUndecided(unseen(watched))
  },
)
