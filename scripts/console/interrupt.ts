import { exitCodes } from '../../reports/model/verdict.ts'
import { Interrupted } from './failure.ts'

/** A second signal within this time is a copy of the first (npm, a shell and a launcher may each pass it on). Milliseconds. */
const sameSignal = 1500

/** Turns SIGINT and SIGTERM into an aborted signal, so that commands clean up; a later second one ends the process at once. */
export function listenForInterrupts(note: (text: string) => void): { signal: AbortSignal, stop(): void } {
  const controller = new AbortController()
  let first: number | undefined
  const onSignal = (name: NodeJS.Signals) => {
    const now = Date.now()
    if (first === undefined) {
      first = now
      note(`plumbline: ${name} received, cleaning up; once more ends at once and may leave things behind`)
      controller.abort(new Interrupted(name))
      return
    }
    if (now - first > sameSignal) process.exit(exitCodes.interrupted)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
