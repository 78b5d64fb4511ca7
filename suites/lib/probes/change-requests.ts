import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { messageOf } from '../rehearsals.ts'
import type { CommandResult } from './operator.ts'

const requestSchema = z.object({ id: z.string() })

/** The id of the request that a command made. Throws IndeterminateError when it made none. */
export function requestOf(result: CommandResult): string {
  const parsed = result.exitCode === 0 ? requestSchema.safeParse(JSON.parse(result.stdout)) : undefined
  if (parsed?.success === true) return parsed.data.id
  throw new IndeterminateError(`expected \`plumbline change request\` to make a request, but it ended with exit code ${String(result.exitCode)}: ${messageOf(result)}`)
}

/** How a command ended, short enough for evidence. */
export function told(result: CommandResult): { exitCode: number, message: string, seconds: number } {
  return { exitCode: result.exitCode, message: result.exitCode === 0 ? 'OK' : messageOf(result), seconds: Math.round(result.milliseconds / 100) / 10 }
}
