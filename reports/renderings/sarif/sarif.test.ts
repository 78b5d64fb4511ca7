import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv-draft-04'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { PolicyFinding } from '../../model/policy.ts'
import { sarifOf } from './sarif.ts'

// The schema itself comes with a package that checks SARIF in tests; only its schema is used.
const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats: { 'uri': true, 'uri-reference': true, 'date-time': true } })
  .compile(z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(schemaFile, 'utf8'))))

const denied: PolicyFinding = {
  rule: 'plan/bucket_private', title: 'No bucket is open', severity: 'high', requirements: ['NFR-002'], solution: 'Set `acl`.',
  subject: 'module.a.b', verdict: 'deny', message: 'a bucket is to be private, but it is open', location: { file: 'terraform/modules/a b/main.tf', line: 3 },
}
const waiver = { owner: 'ann', approver: 'bob', reason: 'moves next month', ticket: 'CHG-7', expires: '2027-01-20' }
const unknown: PolicyFinding = { ...denied, rule: 'plan/database_tls', severity: 'low', verdict: 'unknown', dependsOn: 'ssl_connection', dischargedBy: 'datastore/tls-demanded' }
const findings = [denied, { ...denied, subject: 'w', verdict: 'waived' as const, waiver, location: { file: 'x.json' } }, unknown]
const source = { findings, counts: { denied: 1, waived: 1, unknown: 1, allowed: 7 }, version: '0.1.0', policies: 'sha256:a', problems: [] }

test('it is SARIF 2.1.0, by the schema', () => {
  for (const log of [sarifOf(source), sarifOf({ ...source, findings: [], problems: ['The waiver CHG-7 expired.'] })]) {
    validate(log)
    expect(validate.errors ?? []).toEqual([])
  }
})

test('the schema refuses what is no SARIF, so it is asked at all', () => {
  const [run] = sarifOf(source).runs
  expect(validate({ version: '2.1.0', runs: [{ ...run, results: [{ ruleId: 'a', message: { text: 'b' }, level: 'grave' }] }] })).toBe(false)
})

test('what is denied fails by its severity, what is waived is suppressed, what is not known is open', () => {
  const [run] = sarifOf(source).runs
  expect(run?.results.map(({ ruleIndex, kind, level, message }) => [ruleIndex, kind, level, message.text])).toEqual([
    [0, 'fail', 'error', 'module.a.b: a bucket is to be private, but it is open.'],
    [0, 'fail', 'error', 'w: a bucket is to be private, but it is open.'],
    [1, 'open', 'none', 'module.a.b: ssl_connection is not known before the apply; the case datastore/tls-demanded looks at it afterwards.'],
  ])
  expect(run?.results.map(({ suppressions }) => suppressions?.map(({ justification }) => justification))).toEqual([undefined, ['moves next month (CHG-7; ann mends it, bob allowed it until 2027-01-20)'], undefined])
  expect(run?.results[0]?.locations).toEqual([{
    physicalLocation: { artifactLocation: { uri: 'terraform/modules/a%20b/main.tf' }, region: { startLine: 3 } },
    logicalLocations: [{ fullyQualifiedName: 'module.a.b' }],
  }])
  expect(run?.tool.driver.rules).toMatchObject([
    { id: 'plan/bucket_private', help: { text: 'Set `acl`.' }, defaultConfiguration: { level: 'error' }, properties: { tags: ['NFR-002'] } },
    { id: 'plan/database_tls', defaultConfiguration: { level: 'note' } },
  ])
})

test('an unknown that a live case has looked at is no longer open', () => {
  const [run] = sarifOf({ ...source, findings: [{ ...unknown, discharge: { kind: 'pass', reason: 'the case datastore/tls-demanded found it as it should be' } }, { ...unknown, discharge: { kind: 'fail', reason: 'the case said no' } }] }).runs
  expect(run?.results.map(({ kind, level }) => [kind, level])).toEqual([['pass', 'none'], ['fail', 'note']])
})

test('counts are those of the table, and every result is one of them', () => {
  const [run] = sarifOf(source).runs
  const kinds = run?.results.map(({ kind, suppressions }) => suppressions === undefined ? kind : 'waived')
  expect(run?.properties).toEqual({ policies: 'sha256:a', denied: 1, waived: 1, unknown: 1, allowed: 7 })
  expect([kinds?.filter((kind) => kind === 'fail').length, kinds?.filter((kind) => kind === 'waived').length, kinds?.filter((kind) => kind === 'open').length]).toEqual([1, 1, 1])
})
