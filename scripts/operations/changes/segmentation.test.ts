import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { loadReleases } from '../pipeline/releases-file.ts'
import { digestOf, segmentationOf } from './segmentation.ts'
import { linesOf } from './words.ts'

const linode = { firewalls: [], controlPlane: ['127.0.0.1/32'], database: ['10.244.0.0/16'] }
const platform = await loadPlatform(join(repository, 'terraform/platform.yaml'))
const list = await loadReleases(join(repository, 'terraform/releases.yaml'))

test('the shipped releases have a segmentation before there is a platform, always the same', async () => {
  const one = await segmentationOf(list, platform, { linode })
  const denied = one.policies.filter(({ name }) => name === 'default-deny').map(({ namespace }) => namespace)
  expect(denied).toEqual(expect.arrayContaining(['development', 'staging', 'production', 'system', 'observability', 'ingress', 'audit', 'sealed-secrets']))
  const lines = [...linesOf(one)]
  expect(lines.some((line) => line.includes('to the data store on TCP/5432'))).toBe(true)
  expect(lines.some((line) => line.includes('to the API server on TCP/6443'))).toBe(true)
  expect(digestOf(await segmentationOf(list, platform, { linode }))).toBe(digestOf(one))
})

test('a quota is no segmentation, and a prober outside the pod network is', async () => {
  const one = digestOf(await segmentationOf(list, platform, { linode }))
  const { development } = platform.environments
  const roomier = { ...platform, environments: { ...platform.environments, development: { ...development, quota: { ...development.quota, pods: 131 } } } }
  expect(digestOf(await segmentationOf(list, roomier, { linode }))).toBe(one)
  const probed = { ...platform, observability: { ...platform.observability, outsideProbers: ['198.51.100.7:9313'] } }
  expect(digestOf(await segmentationOf(list, probed, { linode }))).not.toBe(one)
})
