import type { KnownSecret } from '../../reports/redaction/redactor.ts'
import type { Identity } from './platform/platform.ts'

/** What the command hands to the worker. It stays in memory: none of it is written anywhere. */
export interface Provided {
  runId: string
  profile: 'smoke' | 'nightly' | 'gameday'
  /** What `terraform output -json` printed, parsed. */
  outputs: unknown
  journal: string
  identity: Identity
  /** PEM certificates that are trusted beside the usual ones, or an empty text. */
  authorities: string
  secrets: readonly KnownSecret[]
  linode: { url: string, token: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    plumbline: Provided
  }
}
