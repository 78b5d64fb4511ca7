import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { UsageFailure } from '../../console/failure.ts'
import { loadPlatform, parsePlatform } from './platform-file.ts'

const shipped = await readFile(join(repository, 'terraform/platform.yaml'), 'utf8')

function refusal(text: string): string {
  try {
    parsePlatform(text, 'platform.yaml')
  } catch (error) {
    if (error instanceof UsageFailure) return error.message
    throw error
  }
  return 'accepted'
}

/** What is said about the shipped file after one change in it. */
function changed(from: string, to: string): string {
  expect(shipped).toContain(from)
  return refusal(shipped.replace(from, to))
}

const line = (of: string) => shipped.slice(0, shipped.indexOf(of)).split('\n').length

test('the shipped file is a platform of four environments', () => {
  const platform = parsePlatform(shipped, 'platform.yaml')
  expect(Object.keys(platform.environments)).toEqual(['development', 'staging', 'production', 'system'])
  expect(platform.environments.production.quota.requestsMemory).toBe('8Gi')
  expect(platform.state.keepVersions).toBe(30)
  expect(platform.audit.retentionDays).toBe(90)
})

test('a quota with a wrong unit is refused with its line, key, text and the units there are', () => {
  expect(changed('requestsMemory: 8Gi', 'requestsMemory: 8Gb')).toBe(
    `platform.yaml:${line('requestsMemory')}: environments.development.quota.requestsMemory is "8Gb"; expected a memory quantity: `
    + 'a number followed by one of Ki, Mi, Gi, Ti, Pi, Ei, k, M, G, T, P, E, or by nothing for bytes, for example 8Gi.',
  )
})

test('a problem that environments share through an anchor is told once, at the line where it is written', () => {
  expect(changed('pods: 130', 'pods: many')).toBe(
    `platform.yaml:${line('pods: 130')}: environments.development.quota.pods is "many"; expected a whole number from 1 to 10000.`,
  )
})

test('a misspelt key is refused with the key that was meant, and not as a missing one too', () => {
  expect(changed('\nregion:', '\nregio:')).toBe(`platform.yaml:${line('region: us-east')}: regio is not a key of a platform file. Did you mean region?`)
})

test('an unknown key without a likeness is refused with the known ones', () => {
  expect(changed('state: {', 'state: { zzz: 1,')).toBe(
    `platform.yaml:${line('state: {')}: state.zzz is not a key of a platform file. Known here: bucket, keepVersions.`,
  )
})

test('a missing key is refused at the mapping that it is missing from', () => {
  expect(changed(', keepVersions: 30', '')).toBe(`platform.yaml:${line('state: {')}: state.keepVersions is missing; expected a whole number from 1 to 1000.`)
})

test.each([
  ['requestsCpu: \'4\'', 'requestsCpu: \'64\'', 'requestsCpu', 'environments.development.quota.requestsCpu is "64"; expected at most limitsCpu, which is 32.'],
  ['pool: nonproduction\n', 'pool: elsewhere\n', 'pool: nonproduction', 'environments.development.pool is "elsewhere"; expected the purpose of a pool (system, nonproduction, production).'],
  ['purpose: production', 'purpose: nonproduction', 'purpose: production', 'pools[2].purpose is "nonproduction"; expected a purpose that no other pool has.'],
  ['v1.35.4+lke1', '"1.35"', 'kubernetesVersion', 'kubernetesVersion is "1.35"; expected a version of the enterprise tier such as v1.35.4+lke1.'],
  ['[10.244.0.0/16,', '[10.0.0.0/40,', 'database: {', 'database.allowList[0] is "10.0.0.0/40"; expected an IPv4 range such as 192.0.2.0/24, or 192.0.2.7/32 for one address.'],
  ['bucket: plumbline-audit', 'bucket: plumbline-state', 'audit: {', 'audit.bucket is "plumbline-state"; expected another bucket than the state\'s.'],
])('%s changed to %s is refused', (from, to, at, sentence) => {
  expect(changed(from, to).split('\n')[0]).toBe(`platform.yaml:${line(at)}: ${sentence}`)
})

test('standard tier without the audit log is a platform, with it is none', () => {
  const standard = shipped.replace('tier: enterprise', 'tier: standard').replace('v1.35.4+lke1', '"1.35"')
  expect(refusal(standard)).toBe(`platform.yaml:${line('auditLogs')}: controlPlane.auditLogs is true; expected false, because only the enterprise tier has an audit log.`)
  expect(parsePlatform(standard.replace('auditLogs: true', 'auditLogs: false'), 'platform.yaml').tier).toBe('standard')
})

test('what is not YAML, and what is no mapping, is refused with its line', () => {
  expect(refusal('name: [a\nregion: b\n')).toMatch(/^platform\.yaml:\d+: this is not valid YAML: /)
  expect(refusal('name: a\nname: b\n')).toBe('platform.yaml:2: this is not valid YAML: Map keys must be unique')
  expect(refusal('')).toBe('platform.yaml:1: the file is null; expected a mapping.')
})

test.each([
  ['/nowhere/platform.yaml', 'there is no such file'],
  ['/', 'it is a folder'],
])('%s is refused because %s, with exit code 2', async (file, reason) => {
  await expect(loadPlatform(file)).rejects.toMatchObject({
    message: `The platform file ${file} cannot be read: ${reason}. Give the path of a readable file.`,
    exitCode: 2,
  })
})
