import { KubeConfig } from '@kubernetes/client-node'
import { expect, test } from 'vitest'
import type { Helm, ReleaseRecord } from './helm.ts'
import type { Drift } from './release-drift.ts'
import { describeReleases, installReleases, uninstallReleases } from './releases.ts'
import type { ReleaseList } from './releases-file.ts'
import { sources } from './sources.fixture.ts'

const list: ReleaseList = {
  apiVersion: 'plumbline.dev/v1',
  records: 'kube-system',
  stages: [
    { name: 'first', releases: [{ name: 'guardrails', chart: 'guardrails' }] },
    { name: 'second', releases: [{ name: 'one', chart: 'environment', environment: 'staging' }, { name: 'two', chart: 'environment', environment: 'system' }] },
  ],
}

function world(records: Record<string, ReleaseRecord>, { drift = [], broken = [] }: { drift?: Drift[], broken?: string[] } = {}) {
  const calls: string[] = []
  const helm: Helm = {
    render: async (name) => Promise.resolve({ manifest: name, digest: `sha256:${name}` }),
    latest: async (name) => Promise.resolve(records[name]),
    install: async (name, _chart, { description }) => {
      calls.push(`install ${name}`)
      if (broken.includes(name)) return Promise.reject(new Error(`helm says no to ${name}`))
      records[name] = { revision: (records[name]?.revision ?? 0) + 1, status: 'deployed', description }
      return Promise.resolve()
    },
    uninstall: async (name) => {
      calls.push(`uninstall ${name}`)
      return Promise.resolve()
    },
    history: async (name) => Promise.resolve(records[name] === undefined ? [] : [records[name]]),
    rollback: async (name, { revision }) => {
      calls.push(`rollback ${name} to ${revision}`)
      return Promise.resolve()
    },
    list: async () => Promise.resolve([]),
  }
  return { calls, world: { helm, cluster: new KubeConfig(), drift: async () => Promise.resolve(drift), steps: { secrets: async () => Promise.resolve({}) } } }
}

const deployed = (name: string, revision = 3): ReleaseRecord => ({ revision, status: 'deployed', description: `sha256:${name}` })

test('what was never there is installed, stage after stage', async () => {
  const { calls, world: empty } = world({})
  expect(await installReleases(list, sources, empty)).toEqual(['guardrails', 'one', 'two'].map((name) => ({ name, revision: 1, action: 'installed' })))
  expect(calls[0]).toBe('install guardrails')
})

test('what is as it should be is left alone', async () => {
  const { calls, world: whole } = world({ guardrails: deployed('guardrails'), one: deployed('one'), two: deployed('two') })
  expect((await installReleases(list, sources, whole)).map(({ action, revision }) => [action, revision])).toEqual([['unchanged', 3], ['unchanged', 3], ['unchanged', 3]])
  expect(calls).toEqual([])
})

test.each<[string, ReleaseRecord, Drift[], string]>([
  ['changed manifests', { ...deployed('x'), description: 'Rollback to 2' }, [], 'its manifests changed'],
  ['a failed revision', { ...deployed('guardrails'), status: 'failed' }, [], 'its last revision is failed'],
  ['drift', deployed('guardrails'), [{ kind: 'NetworkPolicy', namespace: 'staging', name: 'default-deny', how: 'missing' }], 'NetworkPolicy default-deny is missing'],
])('%s is repaired, and the reason is kept', async (_, before, drift, reason) => {
  const { world: damaged } = world({ guardrails: before }, { drift })
  const [first] = await installReleases({ ...list, stages: list.stages.slice(0, 1) }, sources, damaged)
  expect(first).toEqual({ name: 'guardrails', revision: 4, before: first?.before, description: before.description, action: 'upgraded', reason })
  expect(first?.before).toBeGreaterThan(0)
})

test('a release that fails is named, its neighbours end, and later stages do not start', async () => {
  const later: ReleaseList = { ...list, stages: [...list.stages, { name: 'third', releases: [{ name: 'late', chart: 'guardrails' }] }] }
  const { calls, world: failing } = world({}, { broken: ['one'] })
  await expect(installReleases(later, sources, failing)).rejects.toMatchObject({ message: 'Release one: helm says no to one', exitCode: 4 })
  expect(calls.toSorted()).toEqual(['install guardrails', 'install one', 'install two'])
})

test('releases are removed last stage first', async () => {
  const { calls, world: full } = world({})
  await uninstallReleases(list, full)
  expect(calls).toEqual(['uninstall one', 'uninstall two', 'uninstall guardrails'])
})

test('what a step after a stage finds out is known to the stages after it', async () => {
  const { calls, world: empty } = world({})
  const seen: string[] = []
  const stepped = { ...list, stages: list.stages.map((stage, index) => index === 0 ? { ...stage, afterwards: ['secrets' as const] } : stage) }
  const steps = { secrets: async () => {
    calls.push('secrets')
    return Promise.resolve({ approval: 'CHG-2' })
  } }
  const helm: Helm = { ...empty.helm, render: async (name, _chart, values) => {
    seen.push(`${name} ${JSON.stringify(values).includes('CHG-2') ? 'after' : 'before'}`)
    return Promise.resolve({ manifest: name, digest: `sha256:${name}` })
  } }
  await installReleases(stepped, sources, { ...empty, helm, steps })
  expect(calls.slice(0, 2)).toEqual(['install guardrails', 'secrets'])
  expect(seen.toSorted()).toEqual(['guardrails before', 'one after', 'two after'])
})

test('only releases that changed are told, with their reason', () => {
  expect(describeReleases([
    { name: 'a', revision: 1, action: 'installed' },
    { name: 'b', revision: 4, action: 'upgraded', reason: 'NetworkPolicy default-deny is missing' },
    { name: 'c', revision: 2, action: 'unchanged' },
  ])).toEqual(['+ release a, revision 1', '~ release b, revision 4: NetworkPolicy default-deny is missing'])
})
