import type { DrillWatch } from '../../../reports/model/drill.ts'
import { spansOf } from './spans.ts'

type Seen = 'up' | 'down'

/**
 * Keeps by the second whether one environment answered. A second in which nobody could ask is unobserved: it neither adds to an outage nor ends one.
 */
export class ReachTally {
  private readonly seen = new Map<number, Seen>()
  private readonly allowed: number

  constructor(allowed: number) {
    this.allowed = allowed
  }

  saw(second: number, up: boolean): void {
    this.seen.set(second, up ? 'up' : 'down')
  }

  /** How long the outage lasted that had not ended by the newest look, seconds. */
  ongoing(): number {
    const seconds = [...this.seen.keys()].toSorted((a, b) => b - a)
    const lastUp = seconds.find((second) => this.seen.get(second) === 'up') ?? -1
    const downs = seconds.filter((second) => second > lastUp)
    const [last, first] = [downs[0], downs.at(-1)]
    return last === undefined || first === undefined ? 0 : last - first + 1
  }

  exceeded(): boolean {
    return this.ongoing() > this.allowed
  }

  summary(seconds: number): DrillWatch['environments'][string] {
    const held = this.filled(seconds)
    const spans = spansOf(held)
    const looks = [...this.seen.keys()].filter((second) => second < seconds).length
    return {
      looks, unobserved: Math.max(seconds - looks, 0), allowed: this.allowed, spans,
      unreachable: [...this.seen].filter(([second, one]) => second < seconds && one === 'down').length,
      longest: Math.max(0, ...spans.map(({ from, to }) => to - from)),
    }
  }

  /** Between two looks that found it down it was down. */
  private filled(seconds: number): boolean[] {
    let before: Seen = 'up'
    const forward = Array.from({ length: seconds }, (_, second) => {
      before = this.seen.get(second) ?? before
      return before === 'down'
    })
    let after: Seen = 'up'
    for (let second = seconds - 1; second >= 0; second -= 1) {
      after = this.seen.get(second) ?? after
      if (after === 'up') forward[second] = false
    }
    return forward
  }
}
