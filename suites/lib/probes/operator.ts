import { spawn } from 'node:child_process'
import type { Budget } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'

export interface CommandRequest {
  /** What stands behind `plumbline`. */
  argv: readonly string[]
  budget: Budget
  signal?: AbortSignal | undefined
  /** Beside the operator's own environment. */
  env?: Readonly<Record<string, string>> | undefined
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
  return async ({ argv, budget, signal, env }) => {
    if (operator === undefined) throw new IndeterminateError('expected to be told where the command line of the platform\'s operator is, but the run was not; run the suites with "plumbline conform"')
    const started = performance.now()
    const limit = deadline(budget, signal)
    const child = spawn(process.execPath, ['scripts/plumbline.mjs', ...argv], {
      cwd: operator.checkout, env: { ...operator.environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'], signal: limit,
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', (error) => reject(limit.aborted ? new IndeterminateError(`expected "plumbline ${argv.join(' ')}" to end within ${budget.milliseconds / 1000} s, but it did not; see whether the machine is overloaded`) : error))
      child.on('close', (code) => resolve(code ?? -1))
    })
    return { exitCode, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8'), milliseconds: performance.now() - started }
  }
}
