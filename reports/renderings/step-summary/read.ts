import { verdictInWords, worstFirst, type Verdict } from '../../model/verdict.ts'
import type { Stated } from '../stated.ts'

/** What a summary.md states in its first lines and its table of counts. Throws when it has none. */
export function readSummary(content: string): Stated {
  const lines = content.split('\n')
  const [, verdict, target] = /^## Plumbline: (\S+) on (\S+)$/.exec(lines[0] ?? '') ?? []
  const [, exitCode, runId, evidence] = /^Exit code (\d+), .* run `([^`]+)`, .* (\d+) records of evidence\.$/.exec(lines[2] ?? '') ?? []
  return {
    runId, target, verdict,
    exitCode: exitCode === undefined ? undefined : Number(exitCode),
    counts: { requirements: rowOf(lines, 'requirements'), cases: rowOf(lines, 'cases'), cells: rowOf(lines, 'traffic cells') },
    evidence: evidence === undefined ? undefined : Number(evidence),
    faults: [],
  }
}

function rowOf(lines: readonly string[], label: string): Partial<Record<Verdict, number>> {
  const head = cellsOf(lines.find((line) => line.startsWith('|  | violated |')))
  const row = cellsOf(lines.find((line) => line.startsWith(`| ${label} |`)))
  const counts = worstFirst.map((verdict) => [verdict, Number(row[head.indexOf(verdictInWords(verdict))] ?? Number.NaN)] as const)
  const bad = counts.find(([, number]) => Number.isNaN(number))
  if (bad !== undefined) throw new Error(`it has no number of ${label} that are ${bad[0]}`)
  const all = counts.reduce((sum, [, number]) => sum + number, 0)
  if (row.at(-1) !== String(all)) throw new Error(`its ${label} come to ${all}, but it says ${row.at(-1) ?? 'nothing'}`)
  return Object.fromEntries(counts)
}

function cellsOf(line: string | undefined): readonly string[] {
  return line?.split('|').slice(1, -1).map((cell) => cell.trim()) ?? []
}
