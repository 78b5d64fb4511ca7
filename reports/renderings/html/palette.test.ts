import { describe, expect, it } from 'vitest'
import { paletteCss, pairsOf, schemes } from './palette.ts'

/** WCAG 2.2, relative luminance and contrast ratio of two #rrggbb colours. */
function luminance(colour: string): number {
  const channel = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe('every text on its ground has WCAG AA contrast (4.5)', () => {
  it('as computed here for known pairs', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  it.each(Object.entries(schemes).flatMap(([scheme, tones]) => Object.entries(pairsOf(tones)).map(([name, tone]) => [scheme, name, tone] as const)))('%s, %s', (_, __, { text, ground }) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('every line and bar of a chart stands out from its ground (3)', () => {
  it.each(Object.entries(schemes).flatMap(([scheme, { series, page, panel }]) => series.flatMap((colour) => [page, panel].map(({ ground }) => [scheme, colour, ground] as const))))('%s, %s on %s', (_, colour, ground) => {
    expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3)
  })
  it('in as many colours by night as by day', () => {
    expect(schemes.dark.series).toHaveLength(schemes.light.series.length)
  })
})

it('dark colours are for screens only: paper is white', () => {
  expect(paletteCss()).toContain('@media screen and (prefers-color-scheme:dark)')
})
