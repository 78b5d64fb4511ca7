import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { objectives } from '../intent/objectives.ts'
import { judgeAvailability } from './availability.ts'

const month = objectives.availabilityMonth
const slots = month / objectives.probeInterval
const probes = (down: number, unknown = 0) => ({ up: slots - down - unknown, down, unknown })
const of = (percent: number) => Math.round(slots * (100 - percent) / 100)

describe('a month of probes', () => {
  test('has 172 800, of which 864 may fail', () => {
    expect(slots).toBe(172_800)
    expect(judgeAvailability(probes(864), month)).toMatchObject({ verdict: 'satisfied', percent: 99.5, month: true })
    expect(judgeAvailability(probes(865), month).verdict).toBe('violated')
  })

  test('passes at 99.50 % and fails at 99.49 %', () => {
    expect(judgeAvailability(probes(of(99.5)), month).verdict).toBe('satisfied')
    expect(judgeAvailability(probes(of(99.49)), month)).toMatchObject({ verdict: 'violated', reason: 'it is 99.490 %: 881 of 172800 probes were down over the month, 864 may be' })
  })

  test('is undecided when what nobody saw could turn it, and only then', () => {
    expect(judgeAvailability(probes(800, 65), month)).toMatchObject({ verdict: 'indeterminate', reason: 'the unknown probes decide: 800 of 172800 probes were down and 65 are unknown over the month, 864 may be' })
    expect(judgeAvailability(probes(800, 64), month).verdict).toBe('satisfied')
    expect(judgeAvailability(probes(865, 1000), month).verdict).toBe('violated')
  })
})

describe('a shorter window', () => {
  test('is judged for itself and says so', () => {
    expect(judgeAvailability({ up: 240, down: 0, unknown: 0 }, 3600)).toMatchObject({
      verdict: 'satisfied', month: false, reason: 'it is 100.000 %: 0 of 240 probes were down over the 60 minutes that exist (a month is judged when there is one), 1 may be',
    })
    expect(judgeAvailability({ up: 238, down: 2, unknown: 0 }, 3600).verdict).toBe('violated')
  })

  test('without a known probe decides nothing', () => {
    expect(judgeAvailability({ up: 0, down: 0, unknown: 0 }, 0).verdict).toBe('indeterminate')
    expect(judgeAvailability({ up: 0, down: 0, unknown: 40 }, 600).reason).toContain('nothing was observed')
  })
})

test('a verdict is the same whatever the unknown probes were, and no better for more failures', () => {
  const count = fc.integer({ min: 0, max: 2000 })
  fc.assert(fc.property(count, count, count, (up, down, unknown) => {
    const { verdict } = judgeAvailability({ up, down, unknown }, 3600)
    fc.pre(verdict !== 'indeterminate')
    expect(judgeAvailability({ up: up + unknown, down, unknown: 0 }, 3600).verdict).toBe(verdict)
    expect(judgeAvailability({ up, down: down + unknown, unknown: 0 }, 3600).verdict).toBe(verdict)
    if (verdict === 'violated' && up > 0) expect(judgeAvailability({ up: up - 1, down: down + 1, unknown }, 3600).verdict).toBe('violated')
  }))
})
