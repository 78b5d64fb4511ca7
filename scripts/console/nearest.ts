/** Number of single-character insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      current.push(cheapest({ a, b, row, column }, { beforeLast, last, current }))
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}

interface Place { a: string, b: string, row: number, column: number }
interface Rows { beforeLast: number[], last: number[], current: number[] }

function cheapest({ a, b, row, column }: Place, { beforeLast, last, current }: Rows): number {
  const cost = a[row - 1] === b[column - 1] ? 0 : 1
  const at = (cells: number[], index: number) => cells[index] ?? Number.POSITIVE_INFINITY
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
  return Math.min(
    at(last, column) + 1,
    at(current, column - 1) + 1,
    at(last, column - 1) + cost,
    swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
  )
}

/** The candidates that somebody who wrote `word` most likely meant, nearest first; none when nothing is near. Case does not count. */
export function nearest(word: string, candidates: Iterable<string>, most = 1): string[] {
  const wanted = word.toLowerCase()
  const limit = Math.max(2, Math.floor(wanted.length / 3))
  return [...candidates]
    .map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((one, other) => one.far - other.far || one.candidate.localeCompare(other.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

/** ` Did you mean x?`, or nothing; for the end of a sentence about an unknown word. */
export function didYouMean(word: string, candidates: Iterable<string>, most = 1): string {
  const found = nearest(word, candidates, most)
  return found.length === 0 ? '' : ` Did you mean ${found.join(' or ')}?`
}
