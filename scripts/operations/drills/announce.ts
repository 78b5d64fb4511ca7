import { drillLogOf } from '../../../reports/model/drill.ts'
import type { DrillLog } from '../../../reports/model/drill.ts'
import type { CaseResult, Results } from '../../../reports/model/results.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import type { Published } from '../../../reports/sealing/publish.ts'
import { drillCase } from '../../../suites/intent/drills.ts'
import type { DrillFacts } from '../../../suites/intent/drills.ts'
import type { Console } from '../../console/console.ts'
import { showOnJobPage } from '../conformance/job-page.ts'
import { shown } from '../conformance/published-run.ts'

/** Says how drills ended and where their log is; resolves to the exit code. */
export async function announceDrills({ results, reportPath, folder, notes }: Published, drills: readonly DrillFacts[], { console, signal }: { console: Console, signal: AbortSignal }): Promise<number> {
  for (const note of notes) console.note(note)
  const cases = drills.map((drill) => results.cases.find(({ id }) => id === drillCase(drill)))
  const held = drills.map((drill, index) => rowOf(drill, cases[index]))
  for (const row of held) for (const line of inWords(row)) console.line(line)
  console.line(results.scope)
  console.line(`report: ${shown(reportPath)}`)
  await showOnJobPage({ folder }, console)
  const exitCode = signal.aborted ? exitCodes.interrupted : exitCodeOfDrills(results, held.map(({ verdict }) => verdict))
  console.document({ runId: results.runId, exitCode, drills: held, folder, report: reportPath })
  return exitCode
}

/** A run of drills is a selection, and so never conformant; but when every drill that was asked for was held and satisfied, the command did what it was asked. */
export function exitCodeOfDrills({ exitCode }: Pick<Results, 'exitCode'>, verdicts: readonly string[]): number {
  return exitCode === exitCodes.partial && verdicts.length > 0 && verdicts.every((verdict) => verdict === 'satisfied') ? exitCodes.conformant : exitCode
}

interface Row {
  drill: string
  verdict: string
  reason?: string | undefined
  minutes?: number
  log?: { restored: boolean, taken: number, atMost: number | null, delivered: number, looks: number, seconds: number }
}

function rowOf({ name }: DrillFacts, found: CaseResult | undefined): Row {
  if (found === undefined) return { drill: name, verdict: 'not-run' }
  const { verdict, reason, durationMs, evidence } = found
  const log = evidence.map(drillLogOf).find((one): one is DrillLog => typeof one === 'object')
  return {
    drill: name, verdict, reason,
    ...(durationMs === undefined ? {} : { minutes: Math.round(durationMs / 6000) / 10 }),
    ...(log === undefined ? {} : { log: { restored: log.restored, ...log.time, delivered: log.watch.delivered.length, looks: log.watch.looks, seconds: log.watch.seconds } }),
  }
}

function inWords({ drill, verdict, reason, minutes, log }: Row): string[] {
  const first = `${verdict.padEnd(13)} ${drill}${minutes === undefined ? '' : ` in ${String(minutes)} min`}`
  if (log === undefined) return [first, ...(reason === undefined ? [] : [`    ${reason}`])]
  return [
    first,
    ...(reason === undefined ? [] : [`    ${reason}`]),
    `    way back  ${log.taken.toFixed(0)} s${log.atMost === null ? '' : ` of at most ${String(log.atMost)} s`}`,
    `    watched   ${String(log.looks)} of ${String(log.seconds)} s, ${String(log.delivered)} delivered in denied cells`,
    `    put back  ${log.restored ? 'yes, every digest is that of before' : 'NO: run `npx plumbline drill --restore`'}`,
  ]
}
