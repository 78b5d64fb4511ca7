import { expect, test } from '../lib/case.ts'
import { differencesIn } from '../lib/three-tables.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'between environments, what the policies in force say is what is meant and what is seen',
  { tags: ['SC-004', 'FR-009'] },
  async ({ traffic, evidence }) => {
    const tables = await traffic.tables('crossEnvironment')
    evidence.observe('the intended, computed and observed tables between environments: how many cells, and those in which they differ', {
      cells: tables.cells.length, differing: tables.cells.filter(({ finding }) => finding !== undefined), undecided: tables.undecided, uncomputed: tables.uncomputed,
    })

    expect(differencesIn(tables)).toBeFaultless()
    refuseUndecided([...tables.uncomputed, ...tables.undecided])
  },
)
