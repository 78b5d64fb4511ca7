import { describe, expect, it } from 'vitest'
import { sampleCells } from '../../model/sample.ts'
import { matrixOf, tablesDiffer, titleOf } from './matrix.ts'
import { matrixSvg } from './matrix-svg.ts'

describe('the reachability matrix', () => {
  const cells = sampleCells(true)
  const matrix = matrixOf(cells)

  it('has sources as rows and listeners by route, protocol and port as columns, grouped by environment', () => {
    expect(matrix.rows).toHaveLength(12)
    expect(matrix.columns).toHaveLength(48)
    expect(matrix.rowGroups.map(({ label, start, length }) => [label, start, length])).toEqual([['development', 0, 3], ['staging', 3, 3], ['production', 6, 3], ['system', 9, 3]])
    expect(matrix.columnGroups.map(({ start, length }) => [start, length])).toEqual([[0, 12], [12, 12], [24, 12], [36, 12]])
    expect(matrix.endpointGroups.slice(0, 4).map(({ label, start }) => [label, start])).toEqual([['client', 0], ['service', 4], ['worker', 8], ['client', 12]])
    expect(matrix.columns.slice(0, 4)).toEqual(['pod-ip TCP/8080', 'pod-ip UDP/8081', 'service TCP/8080', 'service UDP/8081'])
  })

  it('puts every cell in a place of its own, whatever the order of the cells', () => {
    const places = (marks: typeof matrix.marks) => new Set(marks.map(({ row, column }) => `${row},${column}`))
    expect(places(matrix.marks).size).toBe(576)
    const reversed = matrixOf(cells.toReversed())
    expect(places(reversed.marks).size).toBe(576)
    expect(reversed.columnGroups).toHaveLength(4)
  })

  it('gives each look its share', () => {
    const shares = Object.fromEntries([...Map.groupBy(matrix.marks, ({ look }) => look)].map(([look, marks]) => [look, marks.length]))
    expect(shares).toEqual({ open: 144, closed: 414, violated: 6, indeterminate: 12 })
  })

  it('tells everything about a cell in its title', () => {
    const cell = cells.find(({ verdict }) => verdict === 'violated')
    if (cell === undefined) throw new Error('the sample has violated cells')
    expect(titleOf(cell)).toBe(`staging/client to production/worker, pod-ip, UDP/8081\nviolated: meant to deny, by its policies deny, observed delivered, control delivered\nfar side logged the nonce; 2.4 ms; nonce ${cell.nonce}`)
  })

  it('tells where the policies, the intent and the network are not of one mind', () => {
    const [agreed, seenOtherwise] = [cells.find(({ verdict }) => verdict === 'satisfied'), cells.find(({ verdict }) => verdict === 'violated')]
    if (agreed === undefined || seenOtherwise === undefined) throw new Error('the sample has both')
    expect([tablesDiffer(agreed), tablesDiffer(seenOtherwise)]).toEqual([false, true])
    expect(tablesDiffer({ ...agreed, computed: agreed.intended === 'allow' ? 'deny' : 'allow' })).toBe(true)
    expect(tablesDiffer({ ...seenOtherwise, computed: null })).toBe(false)
  })

  it('is drawn with one mark a cell, each look with its own shape, and markup in names does no harm', () => {
    const svg = matrixSvg(matrix, 'title')
    expect(svg.match(/<use /g)).toHaveLength(576)
    expect(svg.match(/<g id="look-/g)).toHaveLength(4)
    const [first] = cells
    if (first === undefined) throw new Error('the sample has cells')
    const hostile = matrixSvg(matrixOf([{ ...first, from: { environment: '<script>', endpoint: '"&' } }]), '"><script>')
    expect(hostile).not.toContain('<script>')
  })
})
