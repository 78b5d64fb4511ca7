import { expect, test } from '../lib/case.ts'
import { differencesIn } from '../lib/three-tables.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'within each environment, into it and out of it, what the policies in force say is what is meant and what is seen',
  { tags: ['FR-009'] },
  async ({ traffic, evidence }) => {
    const pods = await traffic.tables('exposedWithinEnvironment', 'unexposedWithinEnvironment', 'ingressAlone', 'egressAlone', 'outsideAllPolicies')
    const places = await traffic.landmarkTables()
    const [cells, uncomputed] = [[...pods.cells, ...places.cells], [...pods.uncomputed, ...places.uncomputed]]
    evidence.observe('the intended, computed and observed tables within and beside the environments: how many cells, and those in which they differ', {
      cells: cells.length, differing: cells.filter(({ finding }) => finding !== undefined), undecided: [...pods.undecided, ...places.undecided], uncomputed,
    })

    expect([...differencesIn(pods), ...differencesIn(places)]).toBeFaultless()
    // Where nobody answers at all the policies are all that there is to compare; the case on the platform's addresses says so.
    refuseUndecided([...uncomputed, ...pods.undecided])
  },
)
