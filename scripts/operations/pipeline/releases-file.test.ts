import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { loadReleases, parseReleases } from './releases-file.ts'

test('the shipped list puts the guardrails before the environments, and the records outside of them', async () => {
  const { stages, records } = await loadReleases(join(repository, 'terraform/releases.yaml'))
  expect(records).toBe('kube-system')
  expect(stages.map((stage) => stage.releases.map((release) => release.name))).toEqual([
    ['guardrails'],
    ['environment-development', 'environment-staging', 'environment-production', 'environment-system'],
    ['secrets'],
    ['ingress', 'observability'],
    ['audit', 'overrides', 'sample-service-development', 'sample-service-staging', 'sample-service-production', 'sample-service-system'],
  ])
  expect(stages.filter(({ afterwards }) => afterwards !== undefined).map(({ name, afterwards }) => [name, afterwards])).toEqual([['secrets', ['secrets']]])
})

const list = (releases: string) => `apiVersion: plumbline.dev/v1\nrecords: kube-system\nstages:\n  - name: one\n    releases:\n${releases}`

test('an unknown chart is refused with its line', () => {
  expect(() => parseReleases(list('      - { name: a, chart: enviroment }\n'), 'releases.yaml')).toThrow(
    'releases.yaml:6: the release list is not as expected at stages.0.releases.0.chart: Invalid option: expected one of "guardrails"|"environment"|"secrets"|"ingress"|"observability"|"audit"|"overrides"|"sample-service".',
  )
})

test('a release listed twice is refused', () => {
  const twice = '      - { name: a, chart: guardrails }\n      - { name: a, chart: guardrails }\n'
  expect(() => parseReleases(list(twice), 'releases.yaml')).toThrow('releases.yaml: the release a is listed twice; a release is installed once.')
})
