import { escaped } from './words.ts'
import type { Group, Look, Matrix } from './matrix.ts'

/** Pixels. */
const cell = 19
const gap = 8
const head = { environment: 22, endpoint: 20 }

/** Colour is never alone: each look also has its own shape. */
const shapes: Readonly<Record<Look, string>> = {
  open: '<circle cx="9" cy="9" r="4.2" class="shape"/>',
  reached: '<path d="M4.5 12.5l4.5-8 4.5 8z" class="shape"/>',
  closed: '<path d="M4.5 9h9" class="stroke"/>',
  violated: '<path d="M5 5l8 8M13 5l-8 8" class="stroke"/>',
  lacking: '<path d="M9 4.5v6M9 13v.6" class="stroke"/>',
  indeterminate: '<text x="9" y="13.4" text-anchor="middle" class="letter">?</text>',
}

const classes: Readonly<Record<Look, string>> = { open: 'satisfied', reached: 'satisfied', closed: 'denied', violated: 'violated', lacking: 'violated', indeterminate: 'indeterminate' }

/** The definition of one look, also for the legend. */
export function symbol(look: Look): string {
  return `<g class="cell cell-${classes[look]}"><rect x=".5" y=".5" width="17" height="17" rx="3"/>${shapes[look]}</g>`
}

/** The matrix as an SVG drawing that needs nothing from outside; its classes take their colours from the page. */
export function matrixSvg(matrix: Matrix, title: string): string {
  const environments = widest(matrix.rowGroups.map(({ label }) => label), 8)
  const rowLabels = environments + widest(matrix.rows, 6.5) + 22
  const top = head.environment + head.endpoint + widest(matrix.columns, 6) + 14
  const x = placesOf(matrix.columnGroups, rowLabels)
  const y = placesOf(matrix.rowGroups, top)
  const width = x(matrix.columns.length - 1) + cell + 4
  const height = y(matrix.rows.length - 1) + cell + 4
  const used = [...new Set(matrix.marks.map(({ look }) => look))]
  return [
    `<svg class="matrix" role="img" aria-label="${escaped(title)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">`,
    `<defs>${used.map((look) => `<g id="look-${look}">${symbol(look)}</g>`).join('')}</defs>`,
    ...matrix.columnGroups.map((group) => heading(group, x, 14, 'environment')),
    ...matrix.endpointGroups.map((group) => heading(group, x, head.environment + 13, 'endpoint')),
    ...matrix.columns.map((way, index) => `<text class="way" transform="translate(${x(index) + 12.5} ${top - 6}) rotate(-90)">${escaped(way)}</text>`),
    ...matrix.rowGroups.map((group) => `<text class="environment" x="0" y="${y(group.start) + 14}">${escaped(group.label)}</text>`),
    ...matrix.rows.map((row, index) => `<text class="endpoint" x="${rowLabels - 8}" y="${y(index) + 14}" text-anchor="end">${escaped(row)}</text>`),
    ...matrix.marks.map((mark) => `<use href="#look-${mark.look}" x="${x(mark.column)}" y="${y(mark.row)}"><title>${escaped(mark.title)}</title></use>`),
    '</svg>',
  ].join('\n')
}

/** Room for the longest of these labels at so many pixels a character: an estimate, since nobody measures text here. */
function widest(labels: readonly string[], perCharacter: number): number {
  return Math.ceil(Math.max(0, ...labels.map((label) => label.length)) * perCharacter)
}

/** Where the nth row or column begins: a gap separates the environments. */
function placesOf(groups: readonly Group[], start: number): (index: number) => number {
  return (index) => start + index * cell + gap * Math.max(0, groups.findLastIndex((group) => group.start <= index))
}

function heading(group: Group, x: (index: number) => number, y: number, kind: string): string {
  const left = x(group.start)
  const right = x(group.start + group.length - 1) + cell - 3
  // A label that is wider than its columns would run into its neighbour's.
  const squeezed = group.label.length * 6 > right - left ? ` textLength="${right - left}" lengthAdjust="spacingAndGlyphs"` : ''
  return `<text class="${kind}" x="${(left + right) / 2}" y="${y}" text-anchor="middle"${squeezed}>${escaped(group.label)}</text><path class="rule" d="M${left} ${y + 5}H${right}"/>`
}
