import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { lastLine } from './issued.ts'
import type { CommandLine } from './operator.ts'

export interface Said { exitCode: number, said: string }

/** Break-glass through the shipped command line, as far as nothing is taken out. */
export function breakGlass({ commandLine, run }: { commandLine: CommandLine, run: { signal: AbortSignal } }) {
  const say = async (...argv: string[]): Promise<Said> => {
    const result = await commandLine({ argv: ['access', 'break-glass', ...argv], budget: budgets.accessCommand, signal: run.signal })
    return { exitCode: result.exitCode, said: result.exitCode === 0 ? result.stdout.trim() : lastLine(result) }
  }
  return {
    /** Resolves with the id of the request. */
    request: async (as: string, reason: string): Promise<string> => {
      const { exitCode, said } = await say('request', '--reason', reason, '--as', as, '--json')
      if (exitCode !== 0) throw new IndeterminateError(`expected ${as} to be able to ask for break-glass, but the command ended with ${exitCode}: ${said}`)
      return z.object({ id: z.string() }).parse(JSON.parse(said)).id
    },
    approve: (id: string, as: string) => say('approve', id, '--as', as),
    mayOpen: (id: string, as: string) => say('open', id, '--as', as, '--check'),
  }
}
