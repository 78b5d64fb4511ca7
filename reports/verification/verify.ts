import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ledgerName } from '../sealing/ledger.ts'
import { localPublicKey } from '../sealing/keys.ts'
import { manifestName } from '../sealing/manifest.ts'
import { verifyOne, verifyReports, type Verification } from './reports-folder.ts'

export type { Verification } from './reports-folder.ts'

export interface VerifyOptions {
  /** The public key to check against: PEM text, or the path of a PEM file. */
  readonly key?: string
  /** The local key store, whose public key is used when no key is given. */
  readonly keysFolder?: string
}

/**
 * Checks a run folder, a file inside one, or a whole reports folder with its ledger. Throws one sentence when there is nothing of the
 * kind at `path` or no key to check against (usage, exit code 2); findings mean that the evidence is not what was sealed (exit code 5).
 */
export async function verifyRun(path: string, options: VerifyOptions = {}): Promise<Verification> {
  const place = await placeOf(path)
  const publicPem = await pinnedKey(options)
  return place.kind === 'reports' ? verifyReports(place.folder, publicPem) : verifyOne(place.folder, basename(place.folder), place.reportsFolder, publicPem)
}

type Place = { readonly kind: 'reports', readonly folder: string } | { readonly kind: 'run', readonly folder: string, readonly reportsFolder: string | undefined }

async function placeOf(path: string): Promise<Place> {
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined) throw new Error(`Expected a run folder, a file in one, or a reports folder at ${path}, but nothing is there.`)
  const folder = (await stat(real)).isDirectory() ? real : await runFolderOf(real)
  const [sealed, named, ledger, runs] = await Promise.all([
    exists(join(folder, manifestName)),
    exists(join(folder, 'results.json')),
    exists(join(folder, ledgerName)),
    exists(join(folder, 'runs')),
  ])
  if (ledger || runs) return { kind: 'reports', folder }
  const inRuns = basename(dirname(folder)) === 'runs'
  if (!sealed && !named && !inRuns) throw new Error(`Expected a run folder, a file in one, or a reports folder at ${path}, but it holds neither ${manifestName} nor ${ledgerName}.`)
  const reportsFolder = dirname(dirname(folder))
  return { kind: 'run', folder, reportsFolder: inRuns && (await exists(join(reportsFolder, ledgerName))) ? reportsFolder : undefined }
}

/** A raw file lies one folder below its run. The ledger stands for its reports folder. */
async function runFolderOf(file: string): Promise<string> {
  const folder = dirname(file)
  return (await exists(join(folder, manifestName))) || basename(folder) !== 'raw' ? folder : dirname(folder)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false)
}

async function pinnedKey({ key, keysFolder }: VerifyOptions): Promise<string> {
  if (key !== undefined) return key.includes('-----BEGIN') ? key : readKey(key)
  const local = keysFolder === undefined ? undefined : await localPublicKey(keysFolder)
  if (local === undefined) {
    throw new Error('Expected a public key to check against, but no run was ever signed on this machine; give the key that you got from whoever made the run with --key FILE (the one inside a run folder proves nothing about that folder).')
  }
  return local
}

async function readKey(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (thrown) {
    throw new Error(`Expected a public key in PEM form in ${path}, but the file cannot be read.`, { cause: thrown })
  }
}
