import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the suites; case ids are paths below it. */
export const suitesFolder = dirname(dirname(fileURLToPath(import.meta.url)))

/** Id of the one case in a file: the file's path below suites/ without `.test.ts`. It stays while the file keeps its name. */
export function caseId(file: string): string {
  return relative(suitesFolder, file).replace(/\.test\.ts$/, '')
}
