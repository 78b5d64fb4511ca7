/** What an attempt to use an API was answered. Only `forbidden` is a denial: an absent object or a failed request says nothing about rights. */
export const accessVerdicts = ['allowed', 'forbidden', 'not-found', 'error'] as const
export type AccessVerdict = (typeof accessVerdicts)[number]

/** One attempt at an API, as data. */
export interface AccessAttempt {
  /** Who does what where, as the sentence of a failure needs it: `plumbline:staging:viewer list pods in production`. */
  what: string
  verdict: AccessVerdict
  /** HTTP status, 0 when there was none. */
  status: number
  /** The answer's reason and message in the server's own words. */
  message: string
}

/** Reads an answer of the Kubernetes API: a denial is 403 with reason Forbidden and nothing else. */
export function accessVerdict(answer: { status: number, reason?: string | undefined }): AccessVerdict {
  if (answer.status >= 200 && answer.status < 300) return 'allowed'
  if (answer.status === 403 && answer.reason === 'Forbidden') return 'forbidden'
  return answer.status === 404 ? 'not-found' : 'error'
}
