import { featureOf } from '../intent/policy-features.ts'
import { expect, test } from '../lib/case.ts'
import { tryPolicyFeatures } from '../lib/probes/features.ts'
import { differencesIn } from '../lib/three-tables.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'the engine does what network policies say with named ports, ranges of ports and blocks of addresses with exceptions',
  { tags: ['FR-009'] },
  async ({ platform, run, evidence }) => {
    const { cells, tables, seconds } = await tryPolicyFeatures({ platform, run })
    evidence.observe('attempts in a namespace of the run under policies of the run, with what each one shows', {
      seconds, cells: cells.map(({ cell, reason }) => ({ shows: featureOf.get(cell.id), from: cell.from.endpoint, port: cell.port, protocol: cell.protocol, intended: cell.intended, computed: cell.computed, observed: cell.observed, verdict: cell.verdict, reason })),
    })

    expect(cells.filter(({ cell }) => cell.intended === 'deny')).toBeDenied()
    expect(cells.filter(({ cell }) => cell.intended === 'allow')).toHaveVerdict('delivered')
    expect(differencesIn(tables)).toBeFaultless()
    refuseUndecided(tables.uncomputed)
  },
)
