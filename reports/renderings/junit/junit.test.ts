import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { verdicts } from '../../model/verdict.ts'
import { sampleFacts } from '../../model/sample.ts'
import { sha256 } from '../../sealing/digest.ts'
import { resultsOf, sampleCase, sampleRuns } from '../sample-runs.ts'
import { junit } from './junit.ts'

const schemaFile = join(import.meta.dirname, 'jenkins-junit.xsd')

function invalid(xml: string): string | undefined {
  using schema = XmlDocument.fromBuffer(readFileSync(schemaFile))
  using validator = XsdValidator.fromDoc(schema)
  using document = XmlDocument.fromString(xml)
  try {
    validator.validate(document)
    return undefined
  } catch (thrown) {
    return String(thrown)
  }
}

const all = resultsOf({ ...sampleFacts(), cases: verdicts.map((verdict) => sampleCase({ id: `family/${verdict}`, title: verdict, verdict, startedAt: '2025-11-23T02:01:05.000Z', durationMs: 1234, ...(verdict === 'satisfied' ? {} : { reason: `why ${verdict}` }) })) })
const xml = junit.render(all) ?? ''

test.each(Object.entries(sampleRuns()))('it is JUnit by the schema of Jenkins, of a run that is %s', (_, run) => {
  expect(invalid(junit.render(run) ?? '')).toBeUndefined()
})

test('the schema refuses what is no JUnit, so it is asked at all', () => {
  expect(invalid(xml)).toBeUndefined()
  expect(invalid(xml.replace('<failure', '<failing').replace('</failure', '</failing'))).toContain('failing')
})

test('the schema is the one whose source and digest are written beside it', () => {
  expect(readFileSync(`${schemaFile}.md`, 'utf8')).toContain(sha256(readFileSync(schemaFile)))
})

test('each verdict has its element, and only what is satisfied has none', () => {
  using document = XmlDocument.fromString(xml)
  const outcome = (verdict: string) => document.find(`//testcase[@classname="family.${verdict}"]/*[not(self::system-out)]`).map((one) => [/^<(\w+)/.exec(one.canonicalizeToString())?.[1], one.get('@type')?.content, one.get('@message')?.content, one.content])
  expect(verdicts.map((verdict) => [verdict, ...outcome(verdict)])).toEqual([
    ['satisfied'],
    ['violated', ['failure', 'violated', 'why violated', 'why violated']],
    ['indeterminate', ['error', 'indeterminate', 'why indeterminate', 'why indeterminate']],
    ['waived', ['skipped', undefined, undefined, 'waived: why waived']],
    ['not-applicable', ['skipped', undefined, undefined, 'not-applicable: why not-applicable']],
    ['not-run', ['skipped', undefined, undefined, 'not-run: why not-run']],
    ['stale', ['skipped', undefined, undefined, 'stale: why stale']],
  ])
})

test('suites are families, with their requirements, time and tallies', () => {
  using document = XmlDocument.fromString(xml)
  expect(document.find('//testsuite[@name="family"]/@*').map(({ content }) => content)).toEqual(['family', '7', '1', '1', '4', '8.638', '2025-11-23T02:01:05'])
  expect(document.get('//testsuite[@name="family"]/properties/property[@name="requirements"]/@value')?.content).toBe('FR-001')
  expect(document.find('/testsuites/@*').map(({ content }) => content)).toEqual([`plumbline ${all.runId}`, '8', '2', '1', '158.787'])
  expect(document.get('//testcase[@name="violated"]/system-out')?.content).toBe('[[PROPERTY|id=family/violated]]\n[[PROPERTY|file=suites/environments/named.test.ts]]\n[[PROPERTY|verdict=violated]]\n[[PROPERTY|requirement=FR-001]]\n[[PROPERTY|evidence=1]]\n')
})

test('the run is a test of its own, so that what no case is about shows too', () => {
  const { empty, 'with leftovers': left } = sampleRuns()
  using nothing = XmlDocument.fromString(junit.render(empty ?? all) ?? '')
  expect(nothing.find('//testcase/error/@type').map(({ content }) => content)).toEqual(['partial, exit code 4'])
  using leaving = XmlDocument.fromString(junit.render(left ?? all) ?? '')
  expect(leaving.find('//testcase/error/@type').map(({ content }) => content)).toEqual(['conformant, exit code 5'])
  expect(leaving.get('//property[@name="scope"]/@value')?.content).toContain('can never be counted as evidence about a real account')
})

test.each([
  ['a failure taken out', (text: string) => text.replace(/<failure type="violated" .*<\/failure>/, ''), 'junit.xml shows family.violated as passed, but says that it is violated.'],
  ['a skipped case made a pass', (text: string) => text.replace('<skipped>not-run: why not-run</skipped>', '').replace('verdict=not-run', 'verdict=satisfied'), 'junit.xml counts 2 satisfied cases, but results.json 1.'],
  ['an attribute', (text: string) => text.replace('errors="1" skipped="4"', 'errors="0" skipped="4"'), 'junit.xml has 1 errors in family, but says 0.'],
  ['a count of requirements', (text: string) => text.replace('name="requirements.not-run" value="39"', 'name="requirements.not-run" value="3"'), 'junit.xml counts 3 not-run requirements, but results.json 39.'],
  ['a count of evidence', (text: string) => text.replace('name="evidence" value="7"', 'name="evidence" value="70"'), 'junit.xml says that there are 70 records of evidence, but results.json 7.'],
  ['the exit code', (text: string) => text.replace('name="exitCode" value="1"', 'name="exitCode" value="0"'), 'junit.xml says that the exit code is 0, but results.json that it is 1.'],
  ['the run made a pass', (text: string) => text.replace(/<failure type="violated, exit code 1".*<\/failure>/, ''), 'junit.xml shows the run as passed with exit code 1.'],
  ['a case too few', (text: string) => text.replace(/<testcase name="stale"[\s\S]*?<\/testcase>/, ''), 'junit.xml counts 0 stale cases, but results.json 1.'],
  ['a word that is no verdict', (text: string) => text.replace('verdict=stale', 'verdict=fine'), 'junit.xml cannot be read back ("fine" is no verdict).'],
  ['another document', () => '<testsuites/>', 'junit.xml cannot be read back (it has no suite for the run itself).'],
  ['half of it', (text: string) => text.slice(0, 900), 'junit.xml cannot be read back ('],
])('it is read back: %s is found', (_, change, sentence) => {
  expect(junit.disagreements(xml, all)).toEqual([])
  expect(change(xml)).not.toBe(xml)
  expect(junit.disagreements(change(xml), all).join('\n')).toContain(sentence)
})
