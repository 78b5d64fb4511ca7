import { setTimeout as pause } from 'node:timers/promises'
import type { Budget } from './budgets.ts'
import { IndeterminateError } from './indeterminate.ts'

// The only file with timers: everything else waits through what is exported here.

export interface Convergence<T> {
  /** The observation that repeated itself, or the last one when the budget ran out first. */
  value: T
  converged: boolean
  attempts: number
  milliseconds: number
}

export interface ConvergeOptions<T> {
  /** How many equal observations in a row end the waiting. */
  consecutive?: number
  /** When a repeated observation may end the waiting; without it any observation that repeats itself does. */
  until?: (value: T) => boolean
  /** Pause between observations, milliseconds. */
  every?: number
  signal?: AbortSignal
}

/**
 * Observes until `consecutive` equal observations (as JSON) in a row satisfy `until`, inside the budget. One lucky
 * observation proves nothing, and a budget that ran out is reported and not thrown: the caller knows what it means. What `probe` throws ends it.
 */
export async function converge<T>(probe: () => Promise<T>, budget: Budget, options: ConvergeOptions<T> = {}): Promise<Convergence<T>> {
  const { consecutive, until, every, signal } = { consecutive: 2, until: () => true, every: 250, ...options }
  const started = performance.now()
  let equal = 0
  let last: string | undefined
  for (let attempts = 1; ; attempts += 1) {
    const value = await probe()
    const seen = JSON.stringify(value)
    equal = !until(value) ? 0 : seen === last ? equal + 1 : 1
    last = seen
    const milliseconds = performance.now() - started
    if (equal >= consecutive) return { value, converged: true, attempts, milliseconds }
    if (milliseconds + every > budget.milliseconds) return { value, converged: false, attempts, milliseconds }
    await pause(every, undefined, { signal })
  }
}

/** The promise, or an IndeterminateError when it takes longer than the budget. `what` completes "expected …". `abandon` is told to stop the work. */
export async function within<T>(promise: Promise<T>, budget: Budget, what: string, abandon: () => void = () => {}): Promise<T> {
  const timer = new AbortController()
  const late = pause(budget.milliseconds, undefined, { signal: timer.signal }).then(() => {
    abandon()
    throw new IndeterminateError(`expected ${what} within ${budget.milliseconds / 1000} s, but it took longer`)
  })
  try {
    return await Promise.race([promise, late])
  }
  finally {
    timer.abort()
    late.catch(() => {})
  }
}

/** Calls `look` with 0, 1, 2 … at each full second from now on, whatever became of the calls before; a second in which nobody could call is left out. Resolves when the signal is aborted. */
export async function eachSecond(look: (second: number) => void, signal: AbortSignal): Promise<void> {
  const started = performance.now()
  let next = 0
  while (!signal.aborted) {
    look(next)
    next = Math.max(next, Math.floor((performance.now() - started) / 1000)) + 1
    await pause(Math.max(started + next * 1000 - performance.now(), 0), undefined, { signal }).catch(() => {})
  }
}

/** A short while before something is tried again, or less when the signal is aborted. */
export async function moment(signal: AbortSignal): Promise<void> {
  await pause(500, undefined, { signal }).catch(() => {})
}

/** True when the promise settled inside the budget, false when it did not; never throws. */
export async function settledWithin(promise: Promise<unknown>, budget: Budget): Promise<boolean> {
  const settled = promise.then(() => true, () => true)
  return within(settled, budget, 'an end').catch(() => false)
}

/** A signal that ends a request when its budget is used up or the run is cancelled. */
export function deadline(budget: Budget, signal?: AbortSignal): AbortSignal {
  const own = AbortSignal.timeout(budget.milliseconds)
  return signal === undefined ? own : AbortSignal.any([own, signal])
}
