export interface Random { count: number, seed: number }

/** The same fractions of 1 for the same seed (mulberry32). */
export function randomFractions({ count, seed }: Random): number[] {
  let state = seed >>> 0
  return Array.from({ length: count }, () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  })
}
