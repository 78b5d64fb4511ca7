import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FileSystemWriter } from 'allure-js-commons/sdk/reporter'
import type { Results } from '../../model/results.ts'
import { allureOf } from './allure.ts'

/** The folder was not empty: Allure takes every file of a folder for the same run. */
export class FolderInUse extends Error {
  constructor(folder: string, found: string) {
    super(`Expected ${folder} to be empty or not there, but it holds ${found}: Allure would show it as a part of this run. Name another folder, or empty it.`)
    this.name = 'FolderInUse'
  }
}

/** Writes a published run into `folder`, from which `allure generate` makes its pages. Resolves with how many tests it has. */
export async function writeAllure(results: Results, runFolder: string, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const [found] = await readdir(folder)
  if (found !== undefined) throw new FolderInUse(folder, found)
  const writer = new FileSystemWriter({ resultsDir: folder })
  const { tests, attachments, environment, categories } = allureOf(results)
  for (const test of tests) writer.writeResult(test)
  for (const [name, from] of attachments) writer.writeAttachment(name, 'raw' in from ? await readFile(join(runFolder, from.raw)) : Buffer.from(from.content))
  writer.writeEnvironmentInfo(environment)
  writer.writeCategoriesDefinitions([...categories])
  return tests.length
}
