import { breakGlassOpen } from '../break-glass/history.ts'
import type { OpenBreakGlass } from '../break-glass/history.ts'
import type { Account } from './accounts.ts'
import { removeExpired } from './expired.ts'
import type { AccessSession } from './session.ts'

export interface AccessList {
  issued: Account[]
  /** What was over and has been removed just now. */
  removed: Account[]
  /** Break-glass that was opened and not closed. */
  breakGlass: OpenBreakGlass[]
}

/** Who has access to what, until when. */
export async function listAccess(session: AccessSession): Promise<AccessList> {
  const removed = await removeExpired(session)
  return { issued: await session.accounts.list(), removed, breakGlass: await breakGlassOpen(session.records) }
}
