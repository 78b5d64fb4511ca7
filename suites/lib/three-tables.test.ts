import { describe, expect, test } from 'vitest'
import type { JudgedCell } from './cell.ts'
import type { ComputedVerdict } from './segmentation/compute.ts'
import { compareTables, differencesIn } from './three-tables.ts'

const cell: JudgedCell['cell'] = {
  id: 'c', from: { environment: 'staging', endpoint: 'a' }, to: { environment: 'production', endpoint: 'b' }, route: 'pod-ip', protocol: 'TCP', port: 8080,
  intended: 'deny', computed: null, first: null, control: 'delivered', observed: 'dropped', verdict: 'satisfied', nonce: 'n', farSide: false, milliseconds: 1,
}
const open: ComputedVerdict = { allowed: true, egress: { allowed: true, isolatedBy: ['deny@staging', 'open@staging'], allowedBy: ['open@staging'] }, ingress: { allowed: true, isolatedBy: [], allowedBy: [] } }
const closed: ComputedVerdict = { allowed: false, egress: { allowed: false, isolatedBy: ['deny@staging'], allowedBy: [] }, ingress: open.ingress }

function tables(change: Partial<JudgedCell['cell']>, computed: ComputedVerdict) {
  return compareTables([{ cell: { ...cell, ...change }, reason: 'its control was dropped', policiesInForce: [] }], new Map([['c', computed]]))
}

describe('the three tables', () => {
  test('agree when what is meant is what the policies say and what was seen', () => {
    expect(differencesIn(tables({}, closed))).toEqual([])
    expect(differencesIn(tables({ intended: 'allow' }, open))).toEqual([])
  })

  test('policy wrong: the network does what the policies say, and that is not meant', () => {
    expect(differencesIn(tables({ verdict: 'violated' }, open))).toEqual([
      'expected the policies in force to deny staging/a → production/b:8080 (TCP), as is meant, but they allow it (policy wrong): egress allowed by open@staging; ingress open, no policy selects the pod',
    ])
  })

  test('policy wrong also when nobody saw what the network does, which is said besides', () => {
    const unseen = tables({ verdict: 'indeterminate' }, open)
    expect(unseen.cells[0]?.finding).toBe('policy wrong')
    expect(unseen.undecided).toEqual(['expected to see whether staging/a → production/b:8080 (TCP) gets through, but its control was dropped'])
  })

  test('enforcement wrong: the policies say what is meant, and the network does not keep to them', () => {
    expect(differencesIn(tables({ verdict: 'violated' }, closed))).toEqual([
      'expected the network to deny staging/a → production/b:8080 (TCP), as is meant and as the policies say, but it was seen to allow it (enforcement wrong): egress denied, isolated by deny@staging; ingress open, no policy selects the pod',
    ])
    expect(tables({ verdict: 'violated', intended: 'allow' }, open).cells[0]).toMatchObject({ finding: 'enforcement wrong', observed: 'deny' })
  })

  test('enforcement or engine wrong: what was seen is meant, and the policies say something else', () => {
    expect(differencesIn(tables({}, open))).toEqual([
      'expected the policies in force to deny staging/a → production/b:8080 (TCP), as is meant and was seen, but by what they say they allow it (enforcement or engine wrong): egress allowed by open@staging; ingress open, no policy selects the pod',
    ])
  })

  test('a cell without a computed verdict is no agreement', () => {
    expect(compareTables([{ cell, reason: '', policiesInForce: [] }], new Map())).toEqual({
      cells: [], undecided: [], uncomputed: ['expected a computed verdict about staging/a → production/b:8080 (TCP), but one of its pods is not known'],
    })
  })
})
