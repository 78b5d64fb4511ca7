import type { Published } from '../../../reports/sealing/publish.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { consoleSummary } from '../../../reports/renderings/console/summary.ts'
import type { Console } from '../../console/console.ts'
import { showOnJobPage } from './job-page.ts'
import { shown } from './published-run.ts'

/** Says what a run found and where its report is; resolves to the exit code that the run ends with. */
export async function announceRun({ results, reportPath, folder, notes }: Published, console: Console, signal: AbortSignal): Promise<number> {
  for (const note of notes) console.note(note)
  for (const line of consoleSummary(results, shown(reportPath))) console.line(line)
  await showOnJobPage({ folder }, console)
  const { runId, verdict, exitCode, counts } = results
  console.document({ runId, verdict, exitCode, counts, folder, report: reportPath })
  // An interrupted run has its report too, but whoever waits for it must hear that it was interrupted.
  return signal.aborted ? exitCodes.interrupted : exitCode
}
