import type { Results } from '../model/results.ts'
import { conformanceReport } from './conformance/report.ts'
import { ctrf } from './ctrf/ctrf.ts'
import { htmlReport } from './html/report.ts'
import { junit } from './junit/junit.ts'
import { oscalRenderings } from './oscal/index.ts'
import { policySarif } from './sarif/run.ts'
import { stepSummary } from './step-summary/summary.ts'

/** One file of a run folder that says in the words of a format what results.json says. */
export interface Rendering {
  /** Of the file. */
  readonly name: string
  /** A function of the results alone; undefined when the run has nothing to say in this format. */
  render(results: Results): string | undefined
  /**
   * Reads a file back and compares what it states, a sentence for each difference. It looks at numbers, verdict and exit code and never at the wording, so that
   * a file stays right when a later version would write another one.
   */
  disagreements(content: string, results: Results): readonly string[]
}

/** Every rendering that a run folder has. */
export const renderings: readonly Rendering[] = [htmlReport, policySarif, junit, ctrf, conformanceReport, stepSummary, ...oscalRenderings]
