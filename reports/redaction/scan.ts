import { hash } from 'node:crypto'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodings } from './decode.ts'
import { shortestSecret, variantsOf, type Variant } from './encodings.ts'

/** A value that must not appear anywhere; `name` is what may be said about it. */
export interface KnownSecret {
  readonly name: string
  readonly value: string
}

/** A secret that was found. Never holds the value itself. */
export interface Leak {
  /** Path relative to the scanned folder. */
  readonly file: string
  readonly secret: string
  /** The encodings that had to be undone, outermost first: `plain`, `base64`, `base64 > compressed`. */
  readonly how: string
}

/** How many encodings are undone before values are looked for: a Helm release is base64 of base64 of gzip, with JSON inside. */
const levels = 4

/** A view larger than this is decoded no further. Bytes; the outer levels of the largest report are below it. */
const largestView = 32 * 1024 * 1024

/** Every given value in every file below `folder`, in plain or behind nested encodings. Symlinks are not followed. */
export async function scanFolder(folder: string, secrets: readonly KnownSecret[]): Promise<readonly Leak[]> {
  const wanted = wantedForms(secrets)
  const names = (await readdir(folder, { recursive: true })).toSorted()
  const leaks: Leak[] = []
  for (const name of names) {
    const path = join(folder, name)
    const found = search(Buffer.from(name), wanted)
    if ((await lstat(path)).isFile()) found.push(...search(await readFile(path), wanted))
    leaks.push(...found.map(({ secret, how }) => ({ file: name, secret, how })))
  }
  return leaks
}

/** Every given value in `bytes`, in plain or behind nested encodings. */
export function scanBytes(bytes: Buffer, secrets: readonly KnownSecret[]): readonly Omit<Leak, 'file'>[] {
  return search(bytes, wantedForms(secrets))
}

interface Wanted {
  readonly name: string
  readonly value: Buffer
  readonly variants: readonly Variant[]
}

function wantedForms(secrets: readonly KnownSecret[]): readonly Wanted[] {
  return secrets
    .filter(({ value }) => value.length >= shortestSecret)
    .map(({ name, value }) => ({ name, value: Buffer.from(value), variants: variantsOf(value) }))
}

function search(bytes: Buffer, wanted: readonly Wanted[]): { secret: string, how: string }[] {
  const found: { secret: string, how: string }[] = []
  for (const { name, variants } of wanted) {
    const variant = variants.find(({ text }) => bytes.includes(text))
    if (variant !== undefined) found.push({ secret: name, how: variant.how })
  }
  const left = new Map(wanted.filter(({ name }) => !found.some(({ secret }) => secret === name)).map((one) => [one.name, one]))
  const seen = new Set<string>()
  let views = [{ how: '', promising: bytes }]
  for (let level = 0; level < levels && left.size > 0; level += 1) {
    const next = views.flatMap((view) => decodings(view.promising).map((decoded) => ({ ...decoded, how: view.how === '' ? decoded.how : `${view.how} > ${decoded.how}` })))
    for (const view of next) {
      for (const one of left.values()) {
        if (!view.bytes.includes(one.value)) continue
        found.push({ secret: one.name, how: view.how })
        left.delete(one.name)
      }
    }
    views = next.filter((view) => view.promising.length <= largestView && isNew(view.promising, seen))
  }
  return found
}

function isNew(bytes: Buffer, seen: Set<string>): boolean {
  const digest = hash('sha1', bytes)
  return !seen.has(digest) && Boolean(seen.add(digest))
}
