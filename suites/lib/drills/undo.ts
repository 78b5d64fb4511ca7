import type { DrillUndone } from '../../../reports/model/drill.ts'
import { sentenceOf } from '../indeterminate.ts'
import type { Surroundings } from '../guides/shell.ts'
import type { UndoEntry } from './journal.ts'
import { typed, whyFailed } from './surroundings.ts'

/** Runs what was promised, last one first; one that fails keeps none of the others from being run. Never rejects, and is not cancelled with anything: to put back is what a drill owes. */
export async function undoAll(promised: readonly UndoEntry[], surroundings: Surroundings, onEach: (title: string) => void = () => {}): Promise<DrillUndone[]> {
  const undone: DrillUndone[] = []
  for (const { title, command } of promised.toReversed()) {
    onEach(title)
    const started = performance.now()
    const why = await typed(command, surroundings, new AbortController().signal).then(whyFailed, sentenceOf)
    undone.push({ title, command, seconds: (performance.now() - started) / 1000, ...(why === undefined ? { outcome: 'done' } : { outcome: 'failed', why }) })
  }
  return undone
}
