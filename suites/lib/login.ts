import { IndeterminateError } from './indeterminate.ts'

/** What became of one login at a PostgreSQL server, as a probe saw it. It holds no password. */
export interface LoginAttempt {
  /** Who logs in where and how, as the sentence of a failure needs it. */
  what: string
  /**
   * `answered`: logged in, and the statement was done. `forbidden`: the server said no, in `code` and `message`. `untrusted`: its certificate, or its
   * lack of TLS, ended it before any password was sent. The others are the network's.
   */
  outcome: 'answered' | 'forbidden' | 'untrusted' | 'timeout' | 'refused' | 'unreachable' | 'dns' | 'error'
  phase: 'resolve' | 'connect' | 'login' | 'statement'
  address?: string | undefined
  /** SQLSTATE and text of the server's own answer. */
  code?: string | undefined
  message?: string | undefined
  /** What the network, the name server or TLS said. */
  error?: string | undefined
  /** First value of the statement's last result. */
  value?: string | undefined
  milliseconds: number
}

/** How a login is meant to end. A refusal is one of the named SQLSTATEs, in words that match when `saying` is given. */
export type IntendedLogin =
  | { end: 'answered', saying?: RegExp }
  | { end: 'forbidden', codes: readonly string[], saying?: RegExp }
  | { end: 'untrusted', saying: RegExp }

/** SQLSTATEs by which a server refuses: for want of an entry or a password, for want of a right. Others (starting, too many connections) are no refusal. */
export const refusals = { address: ['28000'], password: ['28P01'], right: ['42501'] } as const

/** Held, violated, or not decidable, with the sentence for the last two. */
export type LoginFinding = { held: true } | { held: false, decided: boolean, detail: string }

/**
 * Judges a login. `control` is another one that must have been answered for a refusal, or for silence, to mean anything: of the same role
 * at its own database for a refusal, of another environment for silence.
 */
export function judgeLogin(attempt: LoginAttempt, intended: IntendedLogin, control?: LoginAttempt): LoginFinding {
  const finding = intended.end === 'answered' ? judgeAnswer(attempt, intended, control) : judgeRefusal(attempt, intended)
  if (!finding.held || intended.end === 'answered' || control === undefined) return finding
  if (control.outcome === 'answered') return finding
  return undecided(`"${attempt.what}" was refused (${wordsOf(attempt)}), but its control "${control.what}" did not succeed either (${wordsOf(control)}), which proves nothing`)
}

function judgeAnswer(attempt: LoginAttempt, { saying }: { saying?: RegExp }, control: LoginAttempt | undefined): LoginFinding {
  if (attempt.outcome === 'answered') {
    if (matches(saying, attempt.value)) return { held: true }
    return violated(`expected "${attempt.what}" to be answered with ${String(saying)}, but the answer was ${JSON.stringify(attempt.value ?? null)}`)
  }
  const detail = `expected "${attempt.what}" to succeed, but ${wordsOf(attempt)}`
  // Silence is an answer only beside somebody who was answered.
  return saidNo(attempt) || control?.outcome === 'answered' ? violated(detail) : undecided(detail)
}

/** The server, its certificate or the name server said no. */
function saidNo({ outcome, code = '', error = '' }: LoginAttempt): boolean {
  if (outcome === 'dns') return error.includes('no such host')
  return outcome === 'untrusted' || (outcome === 'forbidden' && /^(28|42|3D)/.test(code))
}

function judgeRefusal(attempt: LoginAttempt, intended: Exclude<IntendedLogin, { end: 'answered' }>): LoginFinding {
  if (attempt.outcome === 'answered') return violated(`expected "${attempt.what}" to be refused, but it succeeded${attempt.value === undefined ? '' : ` (${attempt.value})`}`)
  const { saying } = intended
  if (isRefusal(attempt, intended) && matches(saying, attempt.message ?? attempt.error)) return { held: true }
  const wanted = intended.end === 'forbidden' ? `the server's refusal ${intended.codes.join(' or ')}` : 'a certificate that is not trusted'
  return undecided(`expected "${attempt.what}" to end with ${wanted}${saying === undefined ? '' : ` saying ${String(saying)}`}, but ${wordsOf(attempt)}, which is not that`)
}

function isRefusal({ outcome, code = '' }: LoginAttempt, intended: Exclude<IntendedLogin, { end: 'answered' }>): boolean {
  return outcome === intended.end && (intended.end === 'untrusted' || intended.codes.includes(code))
}

function matches(saying: RegExp | undefined, text = ''): boolean {
  return saying === undefined || saying.test(text)
}

/** Whether asking again would change nothing: it was answered, or whoever said no does not do so because it is not ready yet. */
export function isFinal(attempt: LoginAttempt): boolean {
  return attempt.outcome === 'answered' || saidNo(attempt)
}

/** The faults among findings. Throws IndeterminateError when there are none but something could not be decided, or nothing was judged. */
export function faultsAmong(findings: readonly LoginFinding[]): string[] {
  if (findings.length === 0) throw new IndeterminateError('expected at least one login to judge, but none was made')
  const open = findings.flatMap((finding) => finding.held ? [] : [finding])
  const faults = open.filter(({ decided }) => decided).map(({ detail }) => detail)
  const [first] = open
  if (faults.length > 0 || first === undefined) return faults
  throw new IndeterminateError(`${first.detail}${open.length > 1 ? ` (and ${open.length - 1} more of ${findings.length} logins)` : ''}`)
}

/** What was heard, in the words of whoever said it. */
export function wordsOf({ outcome, phase, code, message, error }: LoginAttempt): string {
  if (outcome === 'answered') return 'it succeeded'
  if (outcome === 'forbidden') return `the server said ${code ?? 'nothing'} ${message ?? ''}`.trimEnd()
  return `it ended with ${outcome} in phase ${phase}${error === undefined ? '' : ` (${error})`}`
}

const violated = (detail: string): LoginFinding => ({ held: false, decided: true, detail })
const undecided = (detail: string): LoginFinding => ({ held: false, decided: false, detail })
