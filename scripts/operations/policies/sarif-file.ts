import { writeFile } from 'node:fs/promises'
import packageDescription from '../../../package.json' with { type: 'json' }
import { sarifOf } from '../../../reports/renderings/sarif/sarif.ts'
import { UsageFailure, sentenceOf } from '../../console/failure.ts'
import type { Given } from './documents.ts'
import { countsOf } from './judge.ts'
import { placedFindings } from './policy-findings.ts'
import type { Judged } from './session.ts'

/** Writes the verdicts of a check as SARIF. Rejects with a UsageFailure when the file cannot be written. */
export async function writeSarif(file: string, { judged, given, problems }: { judged: Judged, given: Given, problems: readonly string[] }): Promise<void> {
  const findings = await placedFindings(judged.findings, given)
  const log = sarifOf({ findings, counts: countsOf(judged.findings), version: packageDescription.version, policies: judged.digest, problems })
  await writeFile(file, `${JSON.stringify(log, null, 2)}\n`).catch((error: unknown) => {
    throw new UsageFailure(`${file} cannot be written: ${sentenceOf(error)}. Give --sarif the path of a file in a folder that is there.`)
  })
}
