import { IndeterminateError } from './indeterminate.ts'

/** To be called after every assertion: what could not be decided makes the case indeterminate, unless something was violated. Each sentence says what is missing. */
export function refuseUndecided(sentences: readonly string[]): void {
  const [first, ...others] = sentences
  if (first === undefined) return
  throw new IndeterminateError(others.length === 0 ? first : `${first} (and ${others.length} more: ${others.slice(0, 3).join('; ')}${others.length > 3 ? '; …' : ''})`)
}
