import { spawn } from 'node:child_process'
import type { Budget } from '../budgets.ts'
import { budgets } from '../budgets.ts'
import { settledWithin } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'

/** A program as it is run on this machine. */
export interface CommandOrder {
  program: string
  args: readonly string[]
  cwd?: string
  /** Added to this process's environment. */
  environment?: Readonly<Record<string, string>>
  budget: Budget
  signal: AbortSignal
  /** Sent to the program, and to nothing else, once its output holds the text. */
  send?: { signal: 'SIGINT' | 'SIGKILL', when: string }
}

export interface CommandOutcome {
  /** Null when a signal ended it. */
  exitCode: number | null
  endedBy: NodeJS.Signals | null
  stdout: string
  stderr: string
  seconds: number
}

/** A program that has been started and goes on. */
export interface RunningCommand {
  /** Its standard input. */
  answer: (text: string) => void
  kill: (signal: 'SIGINT' | 'SIGKILL') => void
  outcome: Promise<CommandOutcome>
}

/** Runs a program to its end. Rejects with IndeterminateError when it cannot be started, or does not end inside its budget. */
export async function runCommand(order: CommandOrder): Promise<CommandOutcome> {
  return await startCommand(order).outcome
}

/**
 * Starts a program in a process group of its own. A cancelled run, and a budget that is used up, ask it to end and leave it the time to put
 * back what it did; only then its group is killed.
 */
export function startCommand(order: CommandOrder): RunningCommand {
  const { program, args, cwd, environment = {}, budget, signal, send } = order
  signal.throwIfAborted()
  const started = performance.now()
  const child = spawn(program, args, { cwd, detached: true, stdio: 'pipe', env: { ...process.env, NO_COLOR: '1', ...environment } })
  const said = { stdout: '', stderr: '' }
  let sent = false
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text
      if (send === undefined || sent || !said[stream].includes(send.when)) return
      sent = true
      killGroup(child.pid, send.signal)
    })
  }
  // A program that has ended takes no answer, which is no failure of its own.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<CommandOutcome>((resolve, reject) => {
    child.on('error', (error) => reject(new IndeterminateError(`expected to run ${program}, but it could not be started: ${sentenceOf(error)}`)))
    child.on('close', (exitCode, endedBy) => resolve({ exitCode, endedBy, ...said, seconds: (performance.now() - started) / 1000 }))
  })
  const end = async (): Promise<void> => {
    killGroup(child.pid, 'SIGINT')
    if (!await settledWithin(ended, budgets.commandEnds)) killGroup(child.pid, 'SIGKILL')
  }
  return {
    answer: (text) => { child.stdin.end(text) },
    kill: (name) => killGroup(child.pid, name),
    outcome: bounded(ended, { what: [program, ...args].join(' '), budget, signal, end }),
  }
}

interface Bound { what: string, budget: Budget, signal: AbortSignal, end: () => Promise<void> }

async function bounded(ended: Promise<CommandOutcome>, { what, budget, signal, end }: Bound): Promise<CommandOutcome> {
  const cancelled = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  if (await settledWithin(Promise.race([ended, cancelled]), budget) && !signal.aborted) return await ended
  await end()
  signal.throwIfAborted()
  throw new IndeterminateError(`expected \`${what}\` to end within ${budget.milliseconds / 1000} s, but it did not; it was stopped`)
}

function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, signal)
  }
  catch (error) {
    // A group that has ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
