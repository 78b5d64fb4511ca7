import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { lastLine } from './issued.ts'
import type { CommandLine } from './operator.ts'

export interface Said { exitCode: number, said: string }

/** Break-glass through the shipped command line. */
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
    /** Takes the administrator's kubeconfig out; resolves with it. Rejects with IndeterminateError when it is not given. */
    open: async (id: string, as: string): Promise<string> => {
      const { exitCode, said } = await say('open', id, '--as', as, '--json')
      if (exitCode !== 0) throw new IndeterminateError(`expected ${as} to be able to open the break-glass ${id}, which two others approved, but the command ended with ${exitCode}: ${said}`)
      return await readFile(z.object({ kubeconfig: z.string() }).parse(JSON.parse(said)).kubeconfig, 'utf8')
    },
    /** Not bound to the run's signal: what was taken out is given back also when the run is cancelled. */
    close: async (id: string, as: string): Promise<Said> => {
      const result = await commandLine({ argv: ['access', 'break-glass', 'close', id, '--as', as], budget: budgets.breakGlassClose })
      return { exitCode: result.exitCode, said: result.exitCode === 0 ? result.stdout.trim() : lastLine(result) }
    },
  }
}

export interface Cast { author: string, first: string, second: string, other: string }

/** Three people with the role sre and one without. Throws IndeterminateError when the installation has not got them. */
export function castOf(people: readonly { name: string, roles: readonly string[] }[]): Cast {
  const [author, first, second] = people.filter(({ roles }) => roles.includes('sre')).map(({ name }) => name)
  const other = people.find(({ roles }) => !roles.includes('sre'))?.name
  if (author !== undefined && first !== undefined && second !== undefined && other !== undefined) return { author, first, second, other }
  throw new IndeterminateError(`expected three people with the role sre and one without, but the installation names ${people.map(({ name, roles }) => `${name} (${roles.join(', ')})`).join(', ') || 'nobody'}`)
}
