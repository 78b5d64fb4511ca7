import { appendFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { evidenceSchema } from '../../reports/model/results.ts'
import { jsonOrNothing } from './json.ts'

/**
 * How results leave the worker: one line of redacted JSON per event, appended at once. A case that ends has a `started` and an
 * `ended` line; one that was cut off has only the first, and its evidence up to then; one that never ran has none.
 */
const lineSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), id: z.string(), at: z.iso.datetime() }),
  z.object({ event: z.literal('evidence'), id: z.string(), evidence: evidenceSchema }),
  z.object({
    event: z.literal('ended'), id: z.string(), at: z.iso.datetime(), durationMs: z.number().nonnegative(),
    verdict: z.enum(['satisfied', 'violated', 'indeterminate', 'not-run']), reason: z.string().optional(),
  }),
  z.object({ event: z.literal('created'), object: z.string() }),
  z.object({ event: z.literal('timing'), phase: z.string(), seconds: z.number().nonnegative() }),
  z.object({ event: z.literal('redacted'), removed: z.number().int().nonnegative() }),
])
export type JournalLine = z.infer<typeof lineSchema>

/** Appends one line. Synchronous: what was said stays said when the worker is stopped a moment later. */
export function append(journal: string, line: JournalLine): void {
  appendFileSync(journal, `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

/** The lines of a journal in order; a line that was cut off while it was written is left out. An absent file is an empty journal. */
export async function readJournal(journal: string): Promise<JournalLine[]> {
  const text = await readFile(journal, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(jsonOrNothing(line))
    return parsed.success ? [parsed.data] : []
  })
}
