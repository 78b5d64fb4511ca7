/** Stretches of seconds in which something held, from the beginning of the first to the end of the last; seconds after the drill's beginning. */
export function spansOf(held: readonly boolean[]): { from: number, to: number }[] {
  const spans: { from: number, to: number }[] = []
  held.forEach((one, second) => {
    if (!one) return
    const last = spans.at(-1)
    if (last !== undefined && last.to === second) last.to = second + 1
    else spans.push({ from: second, to: second + 1 })
  })
  return spans
}
