import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resultsSchema, type Results } from '../model/results.ts'
import { renderings } from '../renderings/files.ts'
import { htmlReport } from '../renderings/html/report.ts'
import type { Manifest } from '../sealing/manifest.ts'

/** results.json against its schema, its raw files against the manifest, every rendering against its numbers. */
export async function checkResults(folder: string, manifest: Manifest | undefined, findings: string[]): Promise<Results | undefined> {
  const results = await readResults(folder, findings)
  if (results === undefined) return undefined
  if (manifest !== undefined) checkRaw(results, manifest, findings)
  await checkRenderings(folder, results, findings)
  return results
}

async function readResults(folder: string, findings: string[]): Promise<Results | undefined> {
  try {
    const read = resultsSchema.safeParse(JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')))
    if (read.success) return read.data
    const issue = read.error.issues[0]
    findings.push(`results.json does not have the shape of its schema: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'unknown'}.`)
  } catch (thrown) {
    findings.push(`results.json cannot be read as JSON (${thrown instanceof Error ? thrown.message : String(thrown)}).`)
  }
  return undefined
}

function checkRaw(results: Results, manifest: Manifest, findings: string[]): void {
  const sealed = new Map(manifest.files.map((file) => [file.path, file]))
  for (const one of results.cases) {
    for (const { raw, title } of one.evidence) {
      if (raw === undefined) continue
      const file = sealed.get(raw.path)
      const same = file?.sha256 === raw.sha256 && file.size === raw.size && raw.path === `raw/${raw.sha256}.json`
      if (!same) findings.push(`results.json: the evidence "${title}" of case ${one.id} names ${raw.path}, which is not in MANIFEST.json with that digest and size.`)
    }
  }
}

/** Every rendering that the run was sealed with. A run of before a format existed has no such file; the report for people every run has. */
async function checkRenderings(folder: string, results: Results, findings: string[]): Promise<void> {
  for (const rendering of renderings) {
    const content = await readFile(join(folder, rendering.name), 'utf8').catch(() => undefined)
    if (content !== undefined) findings.push(...rendering.disagreements(content, results))
    else if (rendering === htmlReport) findings.push(`${rendering.name} is missing or cannot be read.`)
  }
}
