import { join } from 'node:path'
import type { Budget } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'
import { runCommand } from './command.ts'

export interface CommandRequest {
  /** What stands behind `plumbline`. */
  argv: readonly string[]
  budget: Budget
  /** Cleaning up has none: a cancelled run owes it too. */
  signal?: AbortSignal
  /** Beside the operator's own environment. */
  env?: Readonly<Record<string, string>>
}

export interface CommandResult {
  /** -1 when the command was ended by a signal. */
  exitCode: number
  stdout: string
  stderr: string
  milliseconds: number
}

export type CommandLine = (request: CommandRequest) => Promise<CommandResult>

/** Runs the shipped command line as whoever operates the platform would. Rejects with IndeterminateError when the run was not told where it is, or it takes longer than its budget. */
export function commandLine(operator: Provided['operator']): CommandLine {
  return async ({ argv, budget, signal = new AbortController().signal, env }) => {
    if (operator === undefined) throw new IndeterminateError('expected to be told where the command line of the platform\'s operator is, but the run was not; run the suites with "plumbline conform"')
    const { exitCode, seconds, stdout, stderr } = await runCommand({
      program: process.execPath, args: [join(operator.checkout, 'scripts/plumbline.mjs'), ...argv], environment: { ...operator.environment, ...env }, budget, signal,
    })
    return { exitCode: exitCode ?? -1, stdout, stderr, milliseconds: seconds * 1000 }
  }
}
