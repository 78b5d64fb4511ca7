import { expect, test } from 'vitest'
import { fastest, matrixTable, type Measured } from './matrix.ts'
import { cellsOf, sizes } from './sizes.ts'

const round = (seconds: number, allowed = 324, blocked = 0) => ({ seconds, allowed, blocked, failed: 0 })

test('the sizes are cyclonus\'s nine pods with one, two and four ports, and two ports with a third of the pods closed', () => {
  expect(sizes.map((size) => [cellsOf(size), size.closed])).toEqual([[162, false], [324, false], [648, false], [324, true]])
})

test('the fastest round counts, and none at all is a mistake', () => {
  expect(fastest([round(3), round(2), round(4)]).seconds).toBe(2)
  expect(() => fastest([])).toThrow('expected at least one round, but none was made')
})

test('the table says how many times as many cells a second, and whether both saw the same', () => {
  const one = (closed: boolean, ours: ReturnType<typeof round>): Measured => ({ ports: [8080, 8081], closed, cells: 324, theirs: round(16.2), ours, rounds: { ours: [ours], theirs: [round(16.2)] } })
  expect(matrixTable([one(false, round(0.81)), one(true, round(2, 300, 24))])).toEqual([
    'cells        policies  cyclonus  a second   ours  a second  times  same verdicts',
    '  324            none    16.2 s        20  0.8 s       400   20.0            yes',
    '  324  a third closed    16.2 s        20  2.0 s       162    8.1             NO',
  ])
})
