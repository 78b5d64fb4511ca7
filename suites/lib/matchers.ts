import { expect } from 'vitest'
import type { ReachabilityVerdict } from '../../reports/model/reachability.ts'
import { cellName, type JudgedCell } from './cell.ts'
import { IndeterminateError } from './indeterminate.ts'
import type { AccessAttempt, AccessVerdict } from './verdict.ts'

/** What a matcher of this file finds: held, violated, or not decidable; `detail` is the sentence for the last two. */
export type Finding = { held: true } | { held: false, decided: boolean, detail: string }

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters must be declared as vitest declares them, else the two do not merge
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Every cell, or the attempt, was denied beside a control that succeeded. An undecidable one makes the case indeterminate. */
    toBeDenied: (options?: { control: AccessAttempt }) => void
    /** Every cell, or the attempt, ended as named. An undecidable cell makes the case indeterminate. */
    toHaveVerdict: (verdict: ReachabilityVerdict | AccessVerdict) => void
    /** The attempt succeeded; if not, the probe itself is in doubt and the case indeterminate, never violated. */
    toSucceedAsControl: () => void
    /** Nothing was found to be wrong: the list of sentences about faults is empty. */
    toBeFaultless: () => void
  }
}

/** The sentence of a cell: who, to whom, over what, what was expected, what was seen, and which policies are in force. */
export function cellSentence({ cell, reason, policiesInForce }: JudgedCell): string {
  const policies = policiesInForce.length === 0 ? 'none' : policiesInForce.join(', ')
  const wanted = cell.intended === 'deny' ? 'denied' : 'delivered'
  return `expected ${cellName(cell)} to be ${wanted}, but ${reason}; policies in force: ${policies}`
}

/** Judges cells against what they are all meant to be: a violation outweighs what could not be decided, and no cell at all is undecidable. */
export function findCells(cells: readonly JudgedCell[], wanted: 'allow' | 'deny'): Finding {
  const stray = cells.find(({ cell }) => cell.intended !== wanted)
  if (stray !== undefined) throw new TypeError(`the cell ${stray.cell.id} is intended to ${stray.cell.intended}, so it cannot be asserted to be ${wanted === 'deny' ? 'denied' : 'delivered'}`)
  if (cells.length === 0) return { held: false, decided: false, detail: 'expected at least one cell, but none was probed' }
  const violated = cells.filter(({ cell }) => cell.verdict === 'violated')
  const undecided = cells.filter(({ cell }) => cell.verdict === 'indeterminate')
  const worst = violated.length > 0 ? violated : undecided
  const first = worst[0]
  if (first === undefined) return { held: true }
  const more = worst.length > 1 ? ` (and ${worst.length - 1} more of ${cells.length} cells)` : ''
  return { held: false, decided: violated.length > 0, detail: cellSentence(first) + more }
}

/** Judges a list of sentences, each about one thing that is not as intended. */
export function findFaults(faults: readonly string[]): Finding {
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more: ${faults.slice(1, 4).join('; ')}${faults.length > 4 ? '; …' : ''})` : ''
  return faults[0] === undefined ? { held: true } : { held: false, decided: true, detail: faults[0] + more }
}

/** Judges an attempt at an API that must be refused, beside its control. */
export function findAttempt(attempt: AccessAttempt, control: AccessAttempt | undefined): Finding {
  if (attempt.verdict === 'allowed') return { held: false, decided: true, detail: `expected "${attempt.what}" to be denied, but it was allowed (${attempt.status})` }
  if (control === undefined) throw new TypeError(`a denial needs a control: expect(attempt).toBeDenied({ control }), for "${attempt.what}"`)
  if (attempt.verdict !== 'forbidden') {
    return { held: false, decided: false, detail: `expected "${attempt.what}" to be denied with 403 Forbidden, but the answer was ${attempt.status} ${attempt.message}, which is not a denial` }
  }
  if (control.verdict !== 'allowed') {
    return { held: false, decided: false, detail: `"${attempt.what}" was denied, but so was its control "${control.what}" (${control.status} ${control.message}), which proves nothing` }
  }
  return { held: true }
}

function isAttempt(value: unknown): value is AccessAttempt {
  return typeof value === 'object' && value !== null && 'what' in value && 'verdict' in value
}

function isCells(value: unknown): value is readonly JudgedCell[] {
  return Array.isArray(value) && value.every((item: unknown) => typeof item === 'object' && item !== null && 'cell' in item)
}

function settle(finding: Finding, negated: boolean): { pass: boolean, message: () => string } {
  if (negated) throw new TypeError('these matchers cannot be negated: the absence of a proof is no proof of the opposite')
  if (finding.held) return { pass: true, message: () => 'held' }
  throw finding.decided ? new Violation(finding.detail) : new IndeterminateError(finding.detail)
}

/** What vitest throws for a matcher of our own is a bare Error; under this name it is an assertion that did not hold (outcome.ts). */
class Violation extends Error {
  override readonly name = 'AssertionError'
}

function findVerdict(attempt: AccessAttempt, verdict: string): Finding {
  if (attempt.verdict === verdict) return { held: true }
  const decided = attempt.verdict === 'allowed' || attempt.verdict === 'forbidden'
  return { held: false, decided, detail: `expected "${attempt.what}" to be ${verdict}, but the answer was ${attempt.status} ${attempt.message}` }
}

expect.extend({
  toBeDenied(received: unknown, options?: { control: AccessAttempt }) {
    if (isCells(received)) return settle(findCells(received, 'deny'), this.isNot)
    if (isAttempt(received)) return settle(findAttempt(received, options?.control), this.isNot)
    throw new TypeError('toBeDenied takes the cells of a traffic pass or an attempt at an API')
  },
  toHaveVerdict(received: unknown, verdict: string) {
    if (isCells(received) && verdict === 'delivered') return settle(findCells(received, 'allow'), this.isNot)
    if (isAttempt(received)) return settle(findVerdict(received, verdict), this.isNot)
    throw new TypeError('toHaveVerdict takes the cells of a traffic pass (delivered) or an attempt at an API')
  },
  toBeFaultless(received: unknown) {
    if (!Array.isArray(received) || !received.every((item: unknown) => typeof item === 'string')) throw new TypeError('toBeFaultless takes a list of sentences')
    return settle(findFaults(received), this.isNot)
  },
  toSucceedAsControl(received: unknown) {
    if (!isAttempt(received)) throw new TypeError('toSucceedAsControl takes an attempt at an API')
    const finding = findVerdict(received, 'allowed')
    return settle(finding.held ? finding : { ...finding, decided: false }, this.isNot)
  },
})
