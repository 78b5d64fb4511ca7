/**
 * Compares what a command printed with what its guide says. Columns may be wider or narrower; `<name>` and `…` inside a line stand for any
 * text, `<name>` of something that the reader filled in for exactly that; a line of `…` alone stands for any lines. Undefined when they agree.
 */
export function difference(expected: string, printed: string, values: Readonly<Record<string, string>>): string | undefined {
  const [wanted, got] = [linesOf(expected), linesOf(printed)]
  const patterns = wanted.map((line) => line === anyLines ? anyLines : patternOf(line, values))
  let furthest = { wanted: 0, got: 0 }
  const matches = (i: number, j: number): boolean => {
    if (i > furthest.wanted) furthest = { wanted: i, got: j }
    const pattern = patterns[i]
    if (pattern === undefined) return j === got.length
    if (pattern === anyLines) return matches(i + 1, j) || (j < got.length && matches(i, j + 1))
    const line = got[j]
    return line !== undefined && pattern.test(line) && matches(i + 1, j + 1)
  }
  if (matches(0, 0)) return undefined
  const [line, seen] = [wanted[furthest.wanted], got[furthest.got]]
  if (line === undefined) return `expected nothing after "${wanted.at(-1) ?? ''}", got "${seen ?? ''}"`
  return `expected the line "${line}", got ${seen === undefined ? 'no more lines' : `"${seen}"`}`
}

const anyLines = '…'

function linesOf(text: string): string[] {
  return text.trim().split('\n').map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '')
}

function patternOf(line: string, values: Readonly<Record<string, string>>): RegExp {
  const parts = line.split(/(<[\w -]+>|…)/)
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return literal(part)
    const value = values[part.slice(1, -1).replaceAll(/[ -]/g, '_').toUpperCase()]
    if (part === anyLines) return '.*?'
    return value === undefined ? '.+?' : literal(value)
  }).join('')
  return new RegExp(`^${source}$`)
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
