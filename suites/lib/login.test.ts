import { describe, expect, test } from 'vitest'
import { faultsAmong, isFinal, judgeLogin, refusals, type IntendedLogin, type LoginAttempt } from './login.ts'

const attempt = (change: Partial<LoginAttempt> = {}): LoginAttempt => ({ what: 'staging as staging_blue', outcome: 'answered', phase: 'statement', milliseconds: 3, ...change })
const control = attempt({ what: 'the control' })
const down: Partial<LoginAttempt> = { outcome: 'refused', phase: 'connect', error: 'connection refused' }
const closed: IntendedLogin = { end: 'forbidden', codes: refusals.right }
const said = (change: Partial<LoginAttempt>, intended: IntendedLogin, beside?: LoginAttempt) => {
  const finding = judgeLogin(attempt(change), intended, beside)
  return finding.held ? 'held' : `${finding.decided ? 'violated' : 'undecided'}: ${finding.detail}`
}

describe('a refusal', () => {
  const refusal = { outcome: 'forbidden', phase: 'login', code: '42501', message: 'FATAL: permission denied for database "production"' } as const

  test('is the server\'s own, of the kind that was meant, beside a control that was answered', () => {
    expect(said(refusal, closed, control)).toBe('held')
    expect(said({}, closed, control)).toBe('violated: expected "staging as staging_blue" to be refused, but it succeeded')
    expect(said(refusal, closed, attempt({ what: 'the control', ...down }))).toBe('undecided: "staging as staging_blue" was refused (the server said 42501 FATAL: permission denied for database "production"), but its control "the control" did not succeed either (it ended with refused in phase connect (connection refused)), which proves nothing')
  })

  test.each([
    [down, 'it ended with refused in phase connect (connection refused)'],
    [{ outcome: 'timeout', phase: 'connect' }, 'it ended with timeout in phase connect'],
    [{ outcome: 'forbidden', phase: 'login', code: '57P03', message: 'FATAL: the database system is starting up' }, 'the server said 57P03 FATAL: the database system is starting up'],
    [{ outcome: 'untrusted', phase: 'login', error: 'x509: certificate signed by unknown authority' }, 'it ended with untrusted in phase login (x509: certificate signed by unknown authority)'],
  ] as const)('is not %j', (change, words) => {
    expect(said(change, closed, control)).toBe(`undecided: expected "staging as staging_blue" to end with the server's refusal 42501, but ${words}, which is not that`)
  })

  test('must be in the words that were meant', () => {
    const intended = { end: 'forbidden', codes: refusals.address, saying: /no encryption/ } as const
    expect(said({ ...refusal, code: '28000', message: 'FATAL: no pg_hba.conf entry, SSL encryption' }, intended, control)).toMatch(/^undecided: .* saying \/no encryption\//)
  })
})

describe('an answer', () => {
  const open = { end: 'answered', saying: /^staging_blue staging$/ } as const

  test('says what it must', () => {
    expect(said({ value: 'staging_blue staging' }, open)).toBe('held')
    expect(said({ value: 'postgres staging' }, open)).toBe('violated: expected "staging as staging_blue" to be answered with /^staging_blue staging$/, but the answer was "postgres staging"')
  })

  test.each([
    [{ outcome: 'forbidden', phase: 'login', code: '28P01', message: 'FATAL: password authentication failed' }, undefined, 'violated'],
    [{ outcome: 'untrusted', phase: 'login' }, undefined, 'violated'],
    [{ outcome: 'dns', phase: 'resolve', error: 'lookup data-store: no such host' }, undefined, 'violated'],
    [{ outcome: 'dns', phase: 'resolve', error: 'i/o timeout' }, undefined, 'undecided'],
    [{ outcome: 'forbidden', phase: 'login', code: '57P03', message: 'starting up' }, undefined, 'undecided'],
    [down, undefined, 'undecided'],
    [down, control, 'violated'],
  ] as const)('that does not come: %j beside %j is %s', (change, beside, verdict) => {
    expect(said(change, open, beside)).toMatch(new RegExp(`^${verdict}: `))
  })
})

test.each([
  [{}, true],
  [{ outcome: 'forbidden', phase: 'login', code: '28000' }, true],
  [{ outcome: 'forbidden', phase: 'login', code: '57P03' }, false],
  [down, false],
] as const)('%j is final: %s', (change, final) => {
  expect(isFinal(attempt(change))).toBe(final)
})

test('a fault outweighs what could not be decided, and nothing judged is no pass', () => {
  const fault = judgeLogin(attempt(), closed, control)
  const open = judgeLogin(attempt(down), closed, control)
  expect(faultsAmong([{ held: true }, open, fault])).toEqual(['expected "staging as staging_blue" to be refused, but it succeeded'])
  expect(faultsAmong([{ held: true }])).toEqual([])
  expect(() => faultsAmong([{ held: true }, open, open])).toThrow(/which is not that \(and 1 more of 3 logins\)$/)
  expect(() => faultsAmong([])).toThrow('expected at least one login to judge, but none was made')
})
