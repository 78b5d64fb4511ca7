import { budgets } from '../budgets.ts'
import { openShell, type Ended, type Surroundings } from '../guides/shell.ts'

/** Runs one command in a session of its own: an empty home, and what an operator has around them. */
export async function typed(command: string, surroundings: Surroundings, signal: AbortSignal): Promise<Ended> {
  const shell = await openShell(surroundings)
  try {
    return await shell.run(command, budgets.drillCommand, signal)
  }
  finally {
    await shell.close()
  }
}

/** Why a command did not do what it is for, or undefined when it did. */
export function whyFailed({ exit, cutOff, output }: Ended): string | undefined {
  if (cutOff) return `it had not ended after ${String(budgets.drillCommand.milliseconds / 1000)} s, or was stopped`
  return exit === 0 ? undefined : `it ended with ${exit === undefined ? 'a signal' : `exit code ${String(exit)}`}: ${lastLine(output)}`
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}
