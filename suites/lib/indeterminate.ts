/**
 * What a case throws when it could not observe what it has to judge. The case is then `indeterminate`: unknown is neither
 * a pass nor a violation. The message says what was expected, what was seen, where, and what to do next.
 */
export class IndeterminateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'IndeterminateError'
  }
}

/** What a case throws when what it judges has not happened yet on this platform (no incremental run so far). The case is then `not-run`. */
export class NotYetError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotYetError'
  }
}

/** First line of what an unknown thrown value says, with the first cause that says more. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).split('\n')[0] ?? ''
  const own = error.message.split('\n')[0] ?? ''
  return error.cause === undefined || error.cause === null ? own : `${own}: ${sentenceOf(error.cause)}`
}
