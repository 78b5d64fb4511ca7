import type { DrillWatch } from '../../../reports/model/drill.ts'
import { spansOf } from './spans.ts'

/** One round of a probe: what became of all its attempts of one moment. What neither list names was denied. */
export interface Round {
  attempted: number
  delivered: readonly string[]
  handshakes: readonly string[]
  failed: readonly string[]
}

/** A cell as the watch tries it: `control` is the id of the attempt that must be delivered for a denial to mean anything. */
export interface WatchedCell { id: string, source: string, control: string, denied: boolean }

/** What part of the denied cells has to be tried and decided for a second to count as looked at. */
export const lookedAtShare = 0.5

type Second = Map<string, Round>

/**
 * Keeps the rounds of all probes by the second in which they were sent. An attempt at a denied cell counts when its probe made a round in that second, the attempt
 * did not fail for reasons of its own, and its control was delivered within a second of it: then, and only then, silence is a denial.
 */
export class DeniedTally {
  readonly delivered: { cell: string, at: number }[] = []
  private readonly seconds = new Map<number, Second>()
  private readonly denied: readonly WatchedCell[]
  private readonly cells: ReadonlyMap<string, WatchedCell>

  constructor(cells: readonly WatchedCell[]) {
    this.denied = cells.filter(({ denied }) => denied)
    this.cells = new Map(cells.map((cell) => [cell.id, cell]))
  }

  /** Takes a round in and resolves to the denied cells in which something was delivered, or a handshake completed. */
  heard(source: string, at: number, round: Round): string[] {
    const second = Math.floor(at)
    const rounds: Second = this.seconds.get(second) ?? new Map<string, Round>()
    rounds.set(source, round)
    this.seconds.set(second, rounds)
    const crossed = [...round.delivered, ...round.handshakes].filter((id) => this.cells.get(id)?.denied === true)
    this.delivered.push(...crossed.map((cell) => ({ cell, at })))
    return crossed
  }

  /** What `seconds` seconds of watching came to. */
  summary(seconds: number): Pick<DrillWatch, 'seconds' | 'looks' | 'unobserved' | 'gaps' | 'deniedCells' | 'attempts' | 'controls' | 'delivered'> {
    const controls = { attempted: 0, delivered: 0 }
    let attempts = 0
    const looked = Array.from({ length: seconds }, (_, second) => {
      const decided = this.decidedIn(second)
      attempts += decided
      return this.denied.length > 0 && decided >= this.denied.length * lookedAtShare
    })
    for (const rounds of this.seconds.values()) {
      for (const [source, round] of rounds) {
        controls.attempted += [...this.cells.values()].filter((cell) => cell.source === source && !cell.denied).length
        controls.delivered += round.delivered.filter((id) => this.cells.get(id)?.denied === false).length
      }
    }
    const looks = looked.filter(Boolean).length
    return { seconds, looks, unobserved: seconds - looks, gaps: spansOf(looked.map((one) => !one)), deniedCells: this.denied.length, attempts, controls, delivered: this.delivered }
  }

  private decidedIn(second: number): number {
    const rounds = this.seconds.get(second)
    if (rounds === undefined) return 0
    const near = [second - 1, second, second + 1].flatMap((one) => [...this.seconds.get(one)?.values() ?? []])
    const open = new Set(near.flatMap(({ delivered }) => delivered))
    const failed = new Set([...rounds.values()].flatMap((round) => round.failed))
    return this.denied.filter(({ id, source, control }) => rounds.has(source) && !failed.has(id) && open.has(control)).length
  }
}
