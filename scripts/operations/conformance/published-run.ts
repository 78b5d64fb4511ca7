import { readFile, realpath } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { resultsSchema } from '../../../reports/model/results.ts'
import type { Results } from '../../../reports/model/results.ts'
import { UsageFailure } from '../../console/failure.ts'

/** Where runs are published. */
export const reportsFolder = join(repository, 'reports')

export interface PublishedRun {
  results: Results
  folder: string
  reportPath: string
}

/** A published run by its folder, or by its id when it is one of this checkout. `reports/latest` means this checkout's, wherever the command was started. Says nothing about its integrity. */
export async function readRun(path: string): Promise<PublishedRun> {
  const folder = await realpath(placeOf(path)).catch(() => undefined)
  if (folder === undefined) {
    throw new UsageFailure(`A run folder was expected at ${path}, but nothing is there; \`npx plumbline conform\` publishes one and prints its path.`)
  }
  const text = await readFile(join(folder, 'results.json'), 'utf8').catch(() => undefined)
  if (text === undefined) throw new UsageFailure(`A run folder was expected at ${path}, but it holds no results.json.`)
  return { results: parsed(text, folder), folder, reportPath: join(folder, 'report.html') }
}

function placeOf(path: string): string {
  if (isRunId(path)) return join(reportsFolder, 'runs', path)
  return path === 'reports/latest' ? join(reportsFolder, 'latest') : resolve(path)
}

/** Ids of runs are ULIDs. */
function isRunId(text: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text)
}

function parsed(text: string, folder: string): Results {
  const read = resultsSchema.safeParse(asJson(text))
  if (read.success) return read.data
  throw new UsageFailure(`${join(folder, 'results.json')} was expected to hold the results of a run, but it does not have their shape; \`npx plumbline verify ${folder}\` says what was changed.`)
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A path as it is shorter to read: relative when it is below the working folder. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path)
  return short === '' || short.startsWith('..') ? path : short
}
