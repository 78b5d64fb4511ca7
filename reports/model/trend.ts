import { z } from 'zod'
import { countsSchema } from './counts.ts'
import { runVerdicts } from './verdict.ts'

/** Earlier runs of the same target, oldest first, as the ledger has them. */
export const trendSchema = z.strictObject({
  /** What it is worth, one sentence. */
  note: z.string(),
  runs: z.array(z.strictObject({ runId: z.string(), at: z.iso.datetime(), verdict: z.enum(runVerdicts), requirements: countsSchema.shape.requirements })),
})
export type Trend = z.infer<typeof trendSchema>
