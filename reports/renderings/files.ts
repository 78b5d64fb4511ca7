import { conformanceReport } from './conformance/report.ts'
import { ctrf } from './ctrf/ctrf.ts'
import { htmlReport } from './html/report.ts'
import { junit } from './junit/junit.ts'
import { oscalRenderings } from './oscal/index.ts'
import type { Rendering } from './rendering.ts'
import { policySarif } from './sarif/run.ts'
import { stepSummary } from './step-summary/summary.ts'

/** Every rendering that a run folder has. */
export const renderings: readonly Rendering[] = [htmlReport, policySarif, junit, ctrf, conformanceReport, stepSummary, ...oscalRenderings]
