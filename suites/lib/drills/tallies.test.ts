import { describe, expect, test } from 'vitest'
import { DeniedTally, type WatchedCell } from './denied-tally.ts'
import { ReachTally } from './reach-tally.ts'
import { spansOf } from './spans.ts'

const cells: WatchedCell[] = [
  { id: 'a -> c', source: 'a', control: 'b -> c', denied: true },
  { id: 'a -> d', source: 'a', control: 'b -> d', denied: true },
  { id: 'b -> c', source: 'b', control: 'c -> c', denied: false },
  { id: 'b -> d', source: 'b', control: 'd -> d', denied: false },
]
const quiet = { attempted: 2, delivered: [], handshakes: [], failed: [] }
const controls = { ...quiet, delivered: ['b -> c', 'b -> d'] }

describe('the tally of denied cells', () => {
  test('a second counts as looked at when its cells were silent beside a control that was delivered', () => {
    const tally = new DeniedTally(cells)
    expect(tally.heard('a', 0.4, quiet)).toEqual([])
    tally.heard('b', 0.9, controls)
    expect(tally.summary(1)).toEqual({
      seconds: 1, looks: 1, unobserved: 0, gaps: [], deniedCells: 2, attempts: 2, controls: { attempted: 2, delivered: 2 }, delivered: [],
    })
  })

  test('silence without a control, and a second in which nobody looked, are unobserved', () => {
    const tally = new DeniedTally(cells)
    tally.heard('a', 0.4, quiet)
    tally.heard('b', 0.9, quiet)
    const { looks, unobserved, gaps, attempts } = tally.summary(3)
    expect({ looks, unobserved, gaps, attempts }).toEqual({ looks: 0, unobserved: 3, gaps: [{ from: 0, to: 3 }], attempts: 0 })
  })

  test('an attempt that failed for reasons of its own is no denial', () => {
    const tally = new DeniedTally(cells)
    tally.heard('a', 0, { ...quiet, failed: ['a -> c', 'a -> d'] })
    tally.heard('b', 0, controls)
    expect(tally.summary(1)).toMatchObject({ looks: 0, attempts: 0 })
  })

  test('a delivery in a denied cell is told at once, and so is a handshake; one in an allowed cell is not', () => {
    const tally = new DeniedTally(cells)
    expect(tally.heard('a', 7.25, { ...quiet, delivered: ['a -> c', 'b -> c'], handshakes: ['a -> d'] })).toEqual(['a -> c', 'a -> d'])
    expect(tally.summary(8).delivered).toEqual([{ cell: 'a -> c', at: 7.25 }, { cell: 'a -> d', at: 7.25 }])
  })
})

describe('the tally of an environment', () => {
  test('counts the seconds in which it did not answer, and the longest of them on end', () => {
    const tally = new ReachTally(2)
    for (const [second, up] of [[0, true], [1, false], [2, true], [3, false], [4, false], [5, false], [6, true]] as const) tally.saw(second, up)
    expect(tally.summary(7)).toEqual({ looks: 7, unobserved: 0, unreachable: 4, longest: 3, allowed: 2, spans: [{ from: 1, to: 2 }, { from: 3, to: 6 }] })
  })

  test('an outage that goes on beyond what is allowed is told while it lasts', () => {
    const tally = new ReachTally(2)
    tally.saw(0, true)
    tally.saw(1, false)
    tally.saw(2, false)
    expect(tally.exceeded()).toBe(false)
    tally.saw(3, false)
    expect(tally.exceeded()).toBe(true)
    tally.saw(4, true)
    expect(tally.exceeded()).toBe(false)
  })

  test('a second in which nobody could ask neither adds to an outage nor ends it', () => {
    const tally = new ReachTally(9)
    tally.saw(0, false)
    tally.saw(3, false)
    expect(tally.summary(5)).toEqual({ looks: 2, unobserved: 3, unreachable: 2, longest: 4, allowed: 9, spans: [{ from: 0, to: 4 }] })
  })
})

test('spans are stretches of seconds', () => {
  expect(spansOf([true, true, false, true])).toEqual([{ from: 0, to: 2 }, { from: 3, to: 4 }])
})
