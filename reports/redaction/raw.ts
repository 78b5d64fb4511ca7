import { createHash } from 'node:crypto'
import type { Redactor } from './redactor.ts'

/** A file of `raw/`: `content` is what is written, `reference` what evidence holds of it. */
export interface RawFile {
  readonly content: string
  readonly reference: { readonly path: string, readonly sha256: string, readonly size: number }
}

/** Redacts `value` (any JSON) and names it by its digest; give `reference` to evidence as `raw`, and the file to publishRun. */
export function rawFile(value: unknown, redactor: Redactor): RawFile {
  const content = `${JSON.stringify(redactor.json(value), null, 2)}\n`
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { content, reference: { path: `raw/${sha256}.json`, sha256, size: Buffer.byteLength(content) } }
}
