import type { DrillLog, DrillStep } from '../../model/drill.ts'
import { escaped } from './words.ts'

/** Pixels: where the axis begins and ends, and how high a row is. */
const width = 880
const left = 250
const right = width - 26
const row = 22
const head = 26

/** A drill over its own time, seconds after its beginning. */
interface Axis { seconds: number, x: (second: number) => number }

const looks: Readonly<Record<DrillStep['outcome'], string>> = { 'done': 'satisfied', 'late': 'violated', 'failed': 'violated', 'cut off': 'indeterminate', 'not reached': 'not-run' }

/** The drill as an SVG drawing that needs nothing from outside: its steps with what they may take, and below them what the watch saw. `alternative` says the same in words. */
export function drillSvg(log: DrillLog, alternative: string): string {
  const seconds = Math.max(1, Math.ceil((Date.parse(log.finishedAt) - Date.parse(log.startedAt)) / 1000))
  const axis: Axis = { seconds, x: (second) => left + (right - left) * Math.min(Math.max(second, 0), seconds) / seconds }
  const rows = [...log.steps.map((step) => stepRow(step, log, axis)), ...watchRows(log, axis)]
  const height = head + rows.length * row + 6
  return [
    `<svg class="drill" role="img" aria-label="${escaped(alternative)}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">`,
    ...ticks(axis, height),
    ...rows.map((one, index) => `<g transform="translate(0 ${head + index * row})">${one}</g>`),
    '</svg>',
  ].join('\n')
}

/** About six marks, each at a round number of seconds or minutes. */
function ticks({ seconds, x }: Axis, height: number): string[] {
  const step = [5, 10, 15, 30, 60, 120, 300, 600].find((one) => seconds / one <= 7) ?? 1200
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step).map((second) =>
    `<path class="rule" d="M${place(x(second))} ${head - 4}V${height}"/><text class="tick" x="${place(x(second))}" y="${head - 9}" text-anchor="middle">${step >= 60 ? `${second / 60} min` : `${second} s`}</text>`)
}

function stepRow(step: DrillStep, { startedAt }: DrillLog, { x }: Axis): string {
  const name = label(nameOf(step), step.title)
  if (step.startedAt === undefined) return `${name}<text class="tick" x="${left + 4}" y="15">${step.outcome}</text>`
  const from = (Date.parse(step.startedAt) - Date.parse(startedAt)) / 1000
  const [begin, end] = [x(from), Math.max(x(from + step.seconds), x(from) + 2)]
  const target = step.atMost === undefined ? '' : `<path class="target" d="M${place(x(from + step.atMost))} 2V20"><title>${escaped(`at most ${step.atMost} s`)}</title></path>`
  return `${name}<rect class="${looks[step.outcome]}${step.counts ? '' : ' aside'}" x="${place(begin)}" y="5" width="${place(end - begin)}" height="12" rx="2"><title>${escaped(`${step.title}: ${step.outcome}, ${step.seconds.toFixed(1)} s`)}</title></rect>${target}`
}

/** One row for each environment and one for the denied cells, from the beginning of the watch. */
function watchRows({ watch, startedAt, finishedAt }: DrillLog, { x }: Axis): string[] {
  // The watch ends with the log, so its beginning follows from how long it lasted.
  const begun = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 - watch.seconds)
  const bar = (from: number, to: number, look: string, title: string): string => {
    const [begin, end] = [x(begun + from), Math.max(x(begun + to), x(begun + from) + 1.5)]
    return `<rect class="${look}" x="${place(begin)}" y="7" width="${place(end - begin)}" height="8"><title>${escaped(title)}</title></rect>`
  }
  const environments = Object.entries(watch.environments).map(([name, { spans, looks: seen }]) => [
    label(`${name} reachable`), bar(0, watch.seconds, seen === 0 ? 'not-run' : 'satisfied', seen === 0 ? 'nobody could ask' : 'reachable'),
    ...spans.map(({ from, to }) => bar(from, to, 'violated', `out of reach from ${from} to ${to} s`)),
  ].join(''))
  const denied = [
    label(`${watch.deniedCells} denied cells`), bar(0, watch.seconds, 'denied', 'nothing delivered'),
    ...watch.gaps.map(({ from, to }) => bar(from, to, 'not-run', `unobserved from ${from} to ${to} s`)),
    ...watch.delivered.map(({ cell, at }) => bar(at, at + 1, 'violated', `${cell} was delivered`)),
  ].join('')
  return [...environments, denied]
}

/** What fits beside the axis. */
const mostLetters = 40

/** A command by itself; its heading is in what is said on it. */
function nameOf({ title, command }: DrillStep): string {
  return command?.split('\n').find((line) => line.trim() !== '')?.trim() ?? title
}

function label(text: string, whole = text): string {
  const short = text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text
  return `<text class="name" x="${left - 8}" y="15" text-anchor="end">${escaped(short)}<title>${escaped(whole)}</title></text>`
}

function place(pixels: number): string {
  return pixels.toFixed(1)
}
