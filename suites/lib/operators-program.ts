import type { Budget } from './budgets.ts'
import { IndeterminateError, sentenceOf } from './indeterminate.ts'
import { runCommand } from './probes/command.ts'

/** A program of the operator that prints JSON: it has credentials that whoever judges the platform has not. */
export interface OperatorsProgram { program: string, args: readonly string[] }

/** What it prints, read by `parse`. Rejects with IndeterminateError when it ends otherwise, or prints something else. `what` completes "expected …". */
export async function printedBy<T>({ program, args }: OperatorsProgram, { what, budget, parse }: { what: string, budget: Budget, parse: (printed: unknown) => T }): Promise<T> {
  const { exitCode, stdout, stderr } = await runCommand({ program, args, budget, signal: new AbortController().signal })
  if (exitCode !== 0) throw new IndeterminateError(`expected ${what}, but the operator's program ended with ${exitCode === null ? 'a signal' : `exit code ${String(exitCode)}`}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  try {
    return parse(JSON.parse(stdout))
  }
  catch (error) {
    throw new IndeterminateError(`expected ${what}, but the operator's program printed something else: ${sentenceOf(error)}`, { cause: error })
  }
}
