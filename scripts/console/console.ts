import type { Report } from '../../fixtures/sandbox/progress.ts'
import type { Progress } from './progress.ts'

/** What a verb may say, and where it goes: results on stdout, everything else on stderr; with --json stdout is one JSON document. */
export interface Console {
  readonly json: boolean
  readonly report: Report
  /** A line of the result, for people; not printed with --json. */
  line: (text: string) => void
  /** A line beside the result, for people, on stderr. */
  note: (text: string) => void
  /** The result for machines; printed with --json only. Called once per command. */
  document: (value: unknown) => void
}

export interface Streams {
  out: (text: string) => void
  err: (text: string) => void
}

export function makeConsole({ json, progress, streams, log }: { json: boolean, progress: Progress, streams: Streams, log: Report }): Console {
  let documents = 0
  return {
    json,
    report: (event) => {
      log(event)
      progress.report(event)
    },
    line: (text) => {
      if (json) return
      progress.clear()
      streams.out(`${text}\n`)
    },
    note: (text) => {
      progress.clear()
      streams.err(`${text}\n`)
    },
    document: (value) => {
      if (!json) return
      documents += 1
      if (documents > 1) throw new Error('Expected one JSON document per command, but a second one was about to be printed; merge them in the command.')
      streams.out(`${JSON.stringify(value, null, 2)}\n`)
    },
  }
}
