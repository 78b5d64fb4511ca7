import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import { quoteName, quoteText } from './administrator.ts'
import type { Ask } from './administrator.ts'

/** Which of an environment's two login roles its services use, and which one a rotation under way hands over to. */
const usageSchema = z.strictObject({ inUse: z.string(), next: z.string().nullable(), since: z.iso.datetime() })
export type Usage = z.infer<typeof usageSchema>

/**
 * The statement of which role is in use is the comment on the environment's group role: it is on the server that it speaks of, survives
 * whoever rotates, and is no secret. Undefined when there is none yet.
 */
export async function usageOf(ask: Ask, group: string): Promise<Usage | undefined> {
  const [row] = await ask(`select shobj_description(oid, 'pg_authid') as comment from pg_roles where rolname = ${quoteText(group)}`)
  const comment = row?.['comment']
  if (typeof comment !== 'string' || comment === '') return undefined
  const parsed = usageSchema.safeParse(jsonOr(comment))
  if (parsed.success) return parsed.data
  throw new CommandFailure(`The comment on the role ${group} of the data store was expected to say which login role is in use, but it says ${JSON.stringify(comment)}; look at docs/platform/data-store.md for what it must be, and set it.`, exitCodes.indeterminate)
}

export async function stateUsage(ask: Ask, group: string, usage: Usage): Promise<void> {
  await ask(`comment on role ${quoteName(group)} is ${quoteText(JSON.stringify(usage))}`)
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
