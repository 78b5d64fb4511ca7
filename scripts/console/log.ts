import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { cache } from '../../fixtures/sandbox/paths.ts'
import type { Report } from '../../fixtures/sandbox/progress.ts'

/** What a command writes down beside what it prints; made on the first entry, so that `--help` touches no disk. */
export interface Log {
  event: Report
  /** Writes an error with its stack; returns the path to tell the user. */
  failure(argv: readonly string[], error: unknown): string
}

/** One file for all commands of a user, a JSON line per entry, readable by that user only. */
export function openLog(file: string = join(cache, 'logs', 'plumbline.ndjson')): Log {
  let logger: Logger | undefined
  const opened = (): Logger => {
    if (logger === undefined) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      logger = pino({ base: { pid: process.pid } }, pino.destination({ dest: file, sync: true, append: true, mode: 0o600 }))
    }
    return logger
  }
  const quietly = (write: () => void) => {
    // A full disk must not hide the error that is about to be printed.
    try { write() } catch { /* there is nowhere left to say it */ }
  }
  return {
    event: (event) => { quietly(() => { opened().info(event) }) },
    failure: (argv, error) => {
      quietly(() => { opened().error({ argv, err: error instanceof Error ? error : new Error(String(error)) }) })
      return file
    },
  }
}
