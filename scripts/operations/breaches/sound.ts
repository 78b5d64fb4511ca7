import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { differences } from '../platform-digest/digest.ts'
import type { PlatformDigest } from '../platform-digest/digest.ts'

const schema = z.object({ at: z.iso.datetime(), digest: z.record(z.string(), z.string()), cases: z.array(z.string()) })
type Sound = z.infer<typeof schema>

/** How long a look at the sound platform counts: as long as a whole run of breaches takes. Milliseconds. */
const counts = 2 * 3600 * 1000

const usual = join(paths.work, 'breach-reports', 'sound.json')

/** Cases that were satisfied on this very platform a short while ago: nothing that anybody wrote is different since. Empty when nothing is known. */
export async function knownSound(now: PlatformDigest, file: string = usual): Promise<ReadonlySet<string>> {
  const known = await read(file)
  if (known === undefined || Date.now() - Date.parse(known.at) > counts || differences(new Map(Object.entries(known.digest)), now).length > 0) return new Set()
  return new Set(known.cases)
}

/** Remembers which cases were satisfied on a platform; those known before keep their time. */
export async function rememberSound(digest: PlatformDigest, { cases, before }: { cases: readonly string[], before: ReadonlySet<string> }, file: string = usual): Promise<void> {
  const known = before.size === 0 ? undefined : await read(file)
  const sound: Sound = { at: known?.at ?? new Date().toISOString(), digest: Object.fromEntries(digest), cases: [...new Set([...before, ...cases])].toSorted() }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(sound), { mode: 0o600 })
}

async function read(file: string): Promise<Sound | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // Half a file of a killed run says nothing.
    return undefined
  }
}
