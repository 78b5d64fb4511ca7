import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the suites; case ids are paths below it. */
export const suitesFolder = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Id of a case: the path of its file below suites/ without `.test.ts`. A file that holds several cases (rows of one table) tells them
 * apart by their titles. Stable as long as neither file nor title changes.
 */
export function caseId(file: string, title: string, alone: boolean): string {
  const path = relative(suitesFolder, file).replace(/\.test\.ts$/, '')
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return alone ? path : `${path}#${slug}`
}
