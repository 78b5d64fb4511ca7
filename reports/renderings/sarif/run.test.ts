import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { smallPublication, workplace } from '../../sealing/sample-publication.ts'
import { verifyRun } from '../../verification/verify.ts'
import { sampleRuns } from '../sample-runs.ts'
import { policySarif } from './run.ts'

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

test.each([
  ['another kind', '"kind":"open"', '"kind":"pass"', 1],
  ['another count', '"unknown":1', '"unknown":0', 1],
  ['another subject', '"fullyQualifiedName":"module.audit_bucket"', '"fullyQualifiedName":"module.state_bucket"', 1],
  ['another rule', '"ruleId":"plan/', '"ruleId":"plans/', 1],
  ['another wording, which a later version may choose', 'is not known before the apply', 'is unknown', 0],
])('it is read back: %s makes %s into %s', (_, from, to, found) => {
  const run = sampleRuns()['violated']
  if (run === undefined) throw new Error('the sample is gone')
  const sarif = policySarif.render(run) ?? ''
  expect(policySarif.disagreements(sarif, run)).toEqual([])
  expect(sarif).toContain(from)
  expect(policySarif.disagreements(sarif.replace(from, to), run)).toHaveLength(found)
})

test('a run in which no policy was looked at has none', () => {
  const { satisfied, violated } = sampleRuns()
  if (satisfied === undefined || violated === undefined) throw new Error('the samples are gone')
  expect(policySarif.render(satisfied)).toBeUndefined()
  expect(policySarif.disagreements(policySarif.render(violated) ?? '', satisfied)).toEqual(['policies.sarif says something else than results.json about the policies.'])
})
