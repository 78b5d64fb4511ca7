import { sandboxConnection } from '../../fixtures/sandbox/connection.ts'
import type { SandboxConnection } from '../../fixtures/sandbox/connection.ts'
import { exitCodes } from '../../reports/model/verdict.ts'
import { CommandFailure } from './failure.ts'

/** The running sandbox, or one sentence about how to start it. */
export async function runningSandbox(): Promise<SandboxConnection> {
  const connection = await sandboxConnection()
  if (connection === undefined) throw new CommandFailure('The sandbox was expected to be up, but none is running; start it with `npx plumbline up`.', exitCodes.usage)
  return connection
}
