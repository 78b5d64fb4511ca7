import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { cellsOf, sizes, type Round, type Size } from './sizes.ts'
import { ourRounds } from './ours.ts'
import { buildTheirs, theirRounds } from './theirs.ts'
import { benchWorld } from './world.ts'

/** What one size took either way; the fastest round of each counts. */
export interface Measured extends Size { cells: number, ours: Round, theirs: Round, rounds: { ours: readonly Round[], theirs: readonly Round[] } }

/** The same cells on the same cluster by cyclonus's probes and by ours, one after the other, never at once. Keeps the numbers in reports/bench. */
export async function benchMatrix({ rounds, report, signal }: { rounds: number, report: Report, signal: AbortSignal }): Promise<{ measured: Measured[], file: string }> {
  await buildTheirs(report)
  const measured: Measured[] = []
  for (const size of sizes) {
    const phase = `${String(cellsOf(size))} cells${size.closed ? ', a third of the pods closed' : ''}`
    report({ phase, state: 'started' })
    const [theirs, ours] = [await theirRounds(await benchWorld(signal), size, rounds), await ourRounds(await benchWorld(signal), size, rounds)]
    const one: Measured = { ...size, cells: cellsOf(size), ours: fastest(ours), theirs: fastest(theirs), rounds: { ours, theirs } }
    measured.push(one)
    report({ phase, state: 'finished', message: `cyclonus ${one.theirs.seconds.toFixed(1)} s, ours ${one.ours.seconds.toFixed(1)} s` })
  }
  return { measured, file: await keep(measured) }
}

export function fastest(rounds: readonly Round[]): Round {
  const [best] = rounds.toSorted((one, other) => one.seconds - other.seconds)
  if (best === undefined) throw new Error('expected at least one round, but none was made')
  return best
}

async function keep(measured: readonly Measured[]): Promise<string> {
  const at = new Date().toISOString()
  const folder = join(repository, 'reports/bench')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `matrix-${at.replaceAll(/[:.]/g, '-')}.json`)
  await writeFile(file, `${JSON.stringify({ at, cores: cpus().length, node: process.version, measured }, null, 2)}\n`)
  return file
}

/** The table that people read. Cells in a second, and how many times as many are ours. */
export function matrixTable(measured: readonly Measured[]): string[] {
  const rate = ({ cells }: Measured, { seconds }: Round): number => cells / seconds
  const head = ['cells', 'policies', 'cyclonus', 'a second', 'ours', 'a second', 'times', 'same verdicts']
  const rows = measured.map((one) => [
    String(one.cells), one.closed ? 'a third closed' : 'none', `${one.theirs.seconds.toFixed(1)} s`, rate(one, one.theirs).toFixed(0),
    `${one.ours.seconds.toFixed(1)} s`, rate(one, one.ours).toFixed(0), (one.theirs.seconds / one.ours.seconds).toFixed(1), one.ours.allowed === one.theirs.allowed && one.ours.blocked === one.theirs.blocked ? 'yes' : 'NO',
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map((row) => row.map((text, column) => text.padStart(widths[column] ?? 0)).join('  '))
}
