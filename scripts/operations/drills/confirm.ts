import { createInterface } from 'node:readline/promises'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'

export interface Asking { target: string, yes: boolean, terminal: boolean, question: () => Promise<string> }

/** Resolves when somebody agrees, or nobody has to: on a terminal people are asked, and a real account is never begun on without a word. Rejects otherwise. */
export async function confirmed({ target, yes, terminal, question }: Asking): Promise<void> {
  if (yes || (!terminal && target !== 'lke')) return
  if (!terminal) throw new UsageFailure(`A drill on ${target} needs somebody's word, and nobody can be asked here: run it on a terminal, or with --yes.`)
  const answer = await question()
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure(`The answer was ${JSON.stringify(answer.trim())}, not yes: no drill was held, and nothing was touched.`, exitCodes.usage)
}

/** Asks on the terminal of this process. */
export async function onTerminal(signal: AbortSignal): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await asking.question('Begin? [yes/no] ', { signal })
  } finally {
    asking.close()
  }
}
