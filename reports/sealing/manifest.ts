import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import { sha256 } from './digest.ts'

export const manifestName = 'MANIFEST.json'
export const attestationName = 'attestation.dsse.json'

export const manifestSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  runId: z.string(),
  files: z.array(z.strictObject({
    /** Relative to the run folder, with forward slashes, no way out of it. */
    path: z.string().regex(/^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.-]+)*$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.number().int().nonnegative(),
  })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Every path below `folder` that is not a folder itself, sorted; a symlink is listed, not followed. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()
}

/** Digest and size of every file of a run folder but the manifest itself and the attestation, which covers the manifest. */
export async function manifestOf(folder: string, runId: string): Promise<Manifest> {
  const paths = (await filesBelow(folder)).filter((path) => path !== manifestName && path !== attestationName)
  const files = await Promise.all(paths.map(async (path) => {
    const whole = join(folder, path)
    if (!(await lstat(whole)).isFile()) throw new Error(`Expected only ordinary files in a run folder, but ${whole} is none.`)
    const content = await readFile(whole)
    return { path, sha256: sha256(content), size: content.length }
  }))
  return { schemaVersion: '1.0.0', runId, files }
}
