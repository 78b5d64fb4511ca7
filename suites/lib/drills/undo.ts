import type { DrillUndone } from '../../../reports/model/drill.ts'
import { budgets, type Budget } from '../budgets.ts'
import { converge } from '../converge.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Surroundings } from '../guides/shell.ts'
import type { UndoEntry } from './journal.ts'
import { typed, whyFailed } from './surroundings.ts'

/**
 * Runs what was promised, last one first; one that fails is tried again while there is time (what was killed in the middle may still be at work), and keeps none of
 * the others from being run. Never rejects, and is not cancelled with anything: to put back is what a drill owes.
 */
export async function undoAll(promised: readonly UndoEntry[], surroundings: Surroundings, onEach: (title: string) => void = () => {}, again: Budget = budgets.undoAgain): Promise<DrillUndone[]> {
  const undone: DrillUndone[] = []
  for (const { title, command } of promised.toReversed()) {
    onEach(title)
    const started = performance.now()
    const attempt = async (): Promise<string | null> => await typed(command, surroundings, new AbortController().signal).then(whyFailed, sentenceOf) ?? null
    const { value: why } = await converge(attempt, again, { consecutive: 1, every: Math.min(10_000, again.milliseconds / 4), until: (one) => one === null })
    undone.push({ title, command, seconds: (performance.now() - started) / 1000, ...(why === null ? { outcome: 'done' } : { outcome: 'failed', why }) })
  }
  return undone
}
