/** How a case ended, in the vocabulary of verdicts that a case can reach by itself. */
export interface Outcome {
  verdict: 'satisfied' | 'violated' | 'indeterminate' | 'not-run'
  reason?: string | undefined
}

/** What the runner says about a finished test. */
export interface Ending {
  state: string | undefined
  errors: readonly { name?: string | undefined, message: string }[]
  /** The run was cancelled, or the case ran out of time, while it was at work. */
  cutOff: boolean
}

/**
 * The verdict of a case: an assertion that did not hold is a violation; anything else that was thrown, time-outs included, means
 * that the case could not observe; a pass that recorded nothing is no pass.
 */
export function outcomeOf({ state, errors, cutOff }: Ending, evidence: number): Outcome {
  const violation = errors.find(({ name }) => name === 'AssertionError')
  if (violation !== undefined) return { verdict: 'violated', reason: firstLine(violation.message) }
  const failure = errors[0]
  if (failure?.name === 'NotYetError') return { verdict: 'not-run', reason: firstLine(failure.message) }
  if (failure !== undefined) return { verdict: 'indeterminate', reason: firstLine(failure.message) }
  if (cutOff) return { verdict: 'indeterminate', reason: 'the case was cut off: the run was cancelled while it was at work' }
  if (state === 'skip') return { verdict: 'not-run', reason: 'the case skipped itself' }
  if (state !== 'pass') return { verdict: 'indeterminate', reason: `the case ended in state ${state ?? 'unknown'}` }
  return evidence > 0 ? { verdict: 'satisfied' } : { verdict: 'indeterminate', reason: 'passed without recording evidence' }
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]?.trim() ?? ''
  return line === '' ? 'failed without a message' : line
}
