import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suitesFolder } from './case-id.ts'

export interface Runbook {
  /** Path from the root of the checkout. */
  file: string
  /** Its first heading. */
  title: string
}

/** The runbook that a link leads to, as this checkout has it; undefined when the link leads to none. */
export async function readRunbook(link: string): Promise<Runbook | undefined> {
  const [, name] = /^https:\/\/\S+\/docs\/runbooks\/([\w-]+\.md)$/.exec(link) ?? []
  if (name === undefined) return undefined
  const file = `docs/runbooks/${name}`
  const text = await readFile(join(suitesFolder, '..', file), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  return { file, title: /^# (.+)$/m.exec(text)?.[1] ?? '' }
}
