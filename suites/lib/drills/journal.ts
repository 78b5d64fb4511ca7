import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { drillDigestsSchema, type DrillDigests } from '../../../reports/model/drill.ts'
import { jsonOrNothing } from '../json.ts'

/** What one drill needs to be put back by somebody who knows nothing else; on disk before anything is touched, and gone when all is as it was. */
export const drillJournalSchema = z.strictObject({
  version: z.literal(1),
  runId: z.string(),
  drill: z.string(),
  target: z.enum(['sandbox', 'lke']),
  /** Who holds it: process id, and when that process was started, so that another one with the same id is not taken for it. */
  process: z.strictObject({ pid: z.int(), start: z.string().nullable() }),
  startedAt: z.iso.datetime(),
  /** Null until they were taken; before that nothing is touched. */
  before: drillDigestsSchema.nullable(),
  /** Beginnings of the names of what the drill renews on purpose. */
  renews: z.array(z.string()),
  /** Commands of an operator, in the order in which they were promised; to be run last one first. */
  undo: z.array(z.strictObject({ title: z.string(), command: z.string() })),
})
export type DrillJournal = z.infer<typeof drillJournalSchema>
export type UndoEntry = DrillJournal['undo'][number]

/** The journal of a drill that is being held. Each call is on disk when it resolves. */
export interface OpenJournal {
  took: (before: DrillDigests) => Promise<void>
  promise: (undo: UndoEntry) => Promise<void>
  /** All is as it was. */
  close: () => Promise<void>
}

/** Begins the journal `<folder>/<runId>.json`, mode 0600. */
export async function beginJournal(folder: string, first: Omit<DrillJournal, 'version' | 'before' | 'undo'>): Promise<OpenJournal> {
  const file = join(folder, `${first.runId}.json`)
  let now: DrillJournal = { version: 1, ...first, before: null, undo: [] }
  const keep = async (next: DrillJournal): Promise<void> => {
    now = next
    await writeWhole(file, JSON.stringify(now))
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await keep(now)
  return {
    took: async (before) => await keep({ ...now, before }),
    promise: async (undo) => await keep({ ...now, undo: [...now.undo, undo] }),
    close: async () => await rm(file, { force: true }),
  }
}

/** The file holds the old text or the new one, whatever happens to this process or to the machine. */
async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.new`
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  }
  finally {
    await handle.close()
  }
  await rename(beside, file)
}

/** A journal that lies in the folder; one that cannot be read has no content, and is somebody's all the same. */
export interface FoundJournal { file: string, journal: DrillJournal | undefined }

/** Every journal in the folder, in the order of their runs; none when there is no folder. */
export async function journalsIn(folder: string): Promise<FoundJournal[]> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith('.json')).toSorted()
  return await Promise.all(names.map(async (name) => {
    const file = join(folder, name)
    const parsed = drillJournalSchema.safeParse(jsonOrNothing(await readFile(file, 'utf8').catch(() => '')))
    return { file, journal: parsed.success ? parsed.data : undefined }
  }))
}
