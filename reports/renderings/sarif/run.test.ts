import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { smallPublication, workplace } from '../../sealing/sample-publication.ts'
import { verifyRun } from '../../verification/verify.ts'

const finding = {
  rule: 'plan/audit_bucket_locked', title: 'Locked', severity: 'high', requirements: ['FR-010'], solution: 'Lock it.',
  subject: 'module.audit_bucket', verdict: 'unknown', dependsOn: 'object_lock', dischargedBy: 'audit/retention',
}
const data = { run: 'R', finishedAt: '2025-11-23T01:00:00.000Z', policies: 'sha256:a', counts: { denied: 0, waived: 0, unknown: 1, allowed: 9 }, findings: [finding] }

test('a run folder has the verdicts of the policies as SARIF and in the report, and verifying reads both again from the results', async () => {
  await using place = await workplace()
  const publication = smallPublication()
  const evidence = { kind: 'policy' as const, title: 'what the policies said', at: '2025-11-23T02:01:00.000Z', data }
  const cases = publication.results.cases.map((one) => one.id === 'pipeline/lock' ? { ...one, evidence: [...one.evidence, evidence] } : one)
  const { folder } = await place.publish({ ...publication, results: { ...publication.results, cases } })
  const sarif = JSON.parse(await readFile(join(folder, 'policies.sarif'), 'utf8')) as { runs: { results: { kind: string, message: { text: string } }[] }[] }
  expect(sarif.runs[0]?.results).toMatchObject([{ kind: 'open', message: { text: 'module.audit_bucket: object_lock is not known before the apply; the case audit/retention has not been run.' } }])
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('What the policies could not know before the newest apply')
  expect((await verifyRun(folder, place)).findings).toEqual([])

  await writeFile(join(folder, 'policies.sarif'), '{}')
  expect((await verifyRun(folder, place)).findings.join(' ')).toContain('policies.sarif says something else than results.json about the policies.')
})
