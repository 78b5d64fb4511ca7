import { exitCodes } from '../../reports/model/verdict.ts'

/** Something the user can understand and act on. `message` is one whole sentence; `exitCode` is one of design §10. */
export class CommandFailure extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number) {
    super(message)
    this.name = 'CommandFailure'
    this.exitCode = exitCode
  }
}

/** The command was asked for something it does not know: what was seen, what was expected. Exit code 2. */
export class UsageFailure extends CommandFailure {
  constructor(message: string) {
    super(message, exitCodes.usage)
    this.name = 'UsageFailure'
  }
}

/** The user or the system asked the command to end. Exit code 130. */
export class Interrupted extends CommandFailure {
  constructor(reason: string) {
    super(`Interrupted by ${reason}.`, exitCodes.interrupted)
    this.name = 'Interrupted'
  }
}

const known: ReadonlySet<number> = new Set(Object.values(exitCodes))

/** The exit code that an error carries, when it carries one of ours: only such an error was written for the user to read. */
export function exitCodeFrom(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('exitCode' in error)) return undefined
  return typeof error.exitCode === 'number' && known.has(error.exitCode) ? error.exitCode : undefined
}

/** First line of what an unknown thrown value says. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.trim() ?? ''
}
