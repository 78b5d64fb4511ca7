import { setTimeout as pause } from 'node:timers/promises'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

export interface Waiting { seconds: number, signal?: AbortSignal | undefined, everyMilliseconds?: number }

/**
 * Asks until the probe has nothing left to name. The probe returns what is still missing, or undefined when nothing is; a probe that
 * rejects counts as one that misses an answer. Rejects with what was missing last.
 */
export async function until(probe: () => Promise<string | undefined>, { seconds, signal, everyMilliseconds = 500 }: Waiting): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    signal?.throwIfAborted()
    const missing = await probe().catch((error: unknown) => `no answer: ${sentenceOf(error)}`)
    if (missing === undefined) return
    if (performance.now() + everyMilliseconds > deadline) {
      throw new CommandFailure(`After ${seconds} s the platform is not ready: ${missing}. Look at it with \`npx plumbline status\`, then run \`npx plumbline provision\` again.`, exitCodes.partial)
    }
    await pause(everyMilliseconds, undefined, signal === undefined ? {} : { signal })
  }
}
