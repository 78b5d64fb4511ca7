import { countsInWords, total } from '../../model/counts.ts'
import type { Results } from '../../model/results.ts'
import type { Trend } from '../../model/trend.ts'
import { worstFirst } from '../../model/verdict.ts'
import { escaped, instant } from './words.ts'

type Point = Trend['runs'][number]

/** Pixels. */
const width = 880
const left = 40
const top = 10
const floor = 190
const height = floor + 26
const widestBar = 44
/** What a number needs to be read inside its part of a bar. */
const roomForNumber = { width: 20, height: 13 }

/** The requirements of this run beside those of the runs before it: a bar for each, best at the bottom. Undefined when there is no run before. */
export function trendView({ trend, runId, finishedAt, verdict, counts }: Results) {
  if (trend === undefined || trend.runs.length === 0) return undefined
  const points = [...trend.runs, { runId, at: finishedAt, verdict, requirements: counts.requirements }]
  return {
    note: trend.note,
    svg: trendSvg(points, `Standing of the requirements in ${points.length} runs. The table below holds the same in words.`),
    points: points.map((point) => ({ ...point, words: countsInWords(point.requirements) })),
    legend: worstFirst.filter((one) => points.some(({ requirements }) => requirements[one] > 0)),
  }
}

/** A drawing that needs nothing from outside. `alternative` says the same in words. */
export function trendSvg(points: readonly Point[], alternative: string): string {
  const most = Math.max(1, ...points.map(({ requirements }) => total(requirements)))
  const slot = (width - left) / points.length
  const bar = Math.min(widestBar, slot * 0.8)
  const y = (count: number): number => floor - (floor - top) * count / most
  const bars = points.map((point, index) => `<g><title>${escaped(`${point.runId}, ${instant(point.at)}, ${point.verdict}: ${countsInWords(point.requirements)}`)}</title>${parts(point, left + slot * (index + 0.5) - bar / 2, bar, y)}</g>`)
  const ends = [points[0], points.length > 1 ? points.at(-1) : undefined].flatMap((point, end) => (point === undefined ? [] : [
    `<text class="tick" x="${end === 0 ? left : width}" y="${height - 8}" text-anchor="${end === 0 ? 'start' : 'end'}">${escaped(instant(point.at))}</text>`,
  ]))
  return [
    `<svg class="trend" role="img" aria-label="${escaped(alternative)}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">`,
    ...[0, most].map((count) => `<path class="rule" d="M${left - 4} ${place(y(count))}H${width}"/><text class="tick" x="${left - 8}" y="${place(y(count) + 4)}" text-anchor="end">${count}</text>`),
    ...bars, ...ends, '</svg>',
  ].join('\n')
}

/** One bar, from the floor: what was satisfied, and above it what is worse. */
function parts({ requirements }: Point, x: number, bar: number, y: (count: number) => number): string {
  const drawn: string[] = []
  let below = 0
  for (const verdict of worstFirst.toReversed()) {
    const count = requirements[verdict]
    if (count === 0) continue
    const [from, to] = [y(below), y(below + count)]
    const number = bar >= roomForNumber.width && from - to >= roomForNumber.height ? `<text x="${place(x + bar / 2)}" y="${place((from + to) / 2 + 4)}" text-anchor="middle">${count}</text>` : ''
    drawn.push(`<g class="${verdict}"><rect x="${place(x)}" y="${place(to)}" width="${place(bar)}" height="${place(from - to)}"/>${number}</g>`)
    below += count
  }
  return drawn.join('')
}

function place(pixels: number): string {
  return pixels.toFixed(1)
}
