import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stepSummary } from '../../../reports/renderings/step-summary/summary.ts'
import type { Published } from '../../../reports/sealing/publish.ts'
import { sentenceOf } from '../../console/failure.ts'
import type { Console } from '../../console/console.ts'
import { shown } from './published-run.ts'

/** Shows the summary of a run on the page of the GitHub job that made it; elsewhere there is no such page. A run whose page cannot be written is published all the same. */
export async function showOnJobPage({ folder }: Pick<Published, 'folder'>, console: Pick<Console, 'note'>, page = process.env['GITHUB_STEP_SUMMARY']): Promise<void> {
  if (page === undefined || page === '') return
  const summary = join(folder, stepSummary.name)
  try {
    await appendFile(page, await readFile(summary))
  } catch (error) {
    console.note(`The summary was expected to be appended to ${page} (GITHUB_STEP_SUMMARY), but that was not possible (${sentenceOf(error)}); it is in ${shown(summary)}.`)
  }
}
