import { budgets } from './budgets.ts'
import { IndeterminateError } from './indeterminate.ts'
import { commandLine, type CommandResult } from './probes/operator.ts'
import type { Provided } from './provided.ts'

/** The shipped command line, as an operator of the platform runs it. */
export interface Operator {
  /** Runs `plumbline …arguments`. What it ends with is for the caller to judge. */
  run: (...args: readonly string[]) => Promise<CommandResult>
  /** The same with `--json`; rejects with IndeterminateError unless it ends well with one document. */
  ask: (...args: readonly string[]) => Promise<unknown>
  /** Two people who may approve, and whose keys are on this machine. Throws IndeterminateError when there are not two. */
  approvers: () => [string, string]
}

/** Every call rejects with IndeterminateError when the run was told of no checkout, or the command does not end. */
export function operatorOf(access: Provided['operator'], signal: AbortSignal): Operator {
  const type = commandLine(access)
  const run: Operator['run'] = async (...args) => await type({ argv: args, budget: budgets.operatorCommand, signal })
  return {
    run,
    ask: async (...args) => {
      const { exitCode, stdout, stderr } = await run(...args, '--json')
      if (exitCode !== 0) throw new IndeterminateError(`expected \`plumbline ${args.join(' ')}\` to end with exit code 0, but it ended with ${String(exitCode)}: ${lastLine(stderr)}`)
      const document: unknown = JSON.parse(stdout)
      return document
    },
    approvers: () => {
      const [one, other] = access?.approvers ?? []
      if (one === undefined || other === undefined) throw new IndeterminateError('expected two people of the installation who may approve and whose keys are on this machine, but there are fewer; see "plumbline people key --help"')
      return [one, other]
    },
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
