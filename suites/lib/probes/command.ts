import { spawn } from 'node:child_process'
import type { Budget } from '../budgets.ts'
import { within } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'

export interface Command {
  /** The program and its arguments. */
  argv: readonly [string, ...string[]]
  budget: Budget
  signal: AbortSignal
  /** The whole environment of the program. */
  env: Readonly<Record<string, string>>
}

export interface CommandResult { exitCode: number, stdout: string, stderr: string, milliseconds: number }

/** Runs a program to its end. Rejects with IndeterminateError when it cannot be started, is ended by a signal, or takes longer than its budget. */
export async function runCommand({ argv: [program, ...args], budget, signal, env }: Command): Promise<CommandResult> {
  const started = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env }, signal })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) child[stream].setEncoding('utf8').on('data', (text: string) => { said[stream] += text })
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.on('error', (error) => reject(new IndeterminateError(`expected to run ${program}, but ${sentenceOf(error)}`)))
    child.on('close', (exitCode, endedBy) => {
      if (exitCode === null) reject(new IndeterminateError(`expected ${program} ${args.join(' ')} to end by itself, but ${endedBy ?? 'something'} ended it`))
      else resolve({ exitCode, ...said, milliseconds: performance.now() - started })
    })
  })
  return await within(ended, budget, `${program} ${args.join(' ')} to end`, () => child.kill('SIGTERM'))
}
