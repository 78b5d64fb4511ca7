import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeApiServer, containerStatus, readyStatus, type ApiFaults } from '../platform/api-server.fixture.ts'
import type { Platform } from '../platform/platform.ts'
import { forsakenRuns, removeFootprint } from '../footprint.ts'
import { lookalikeNamespace, outsiderNamespace, startFleet, type Fleet } from './fleet.ts'
import { podState } from './pod-status.ts'

const brief = { milliseconds: 600, bounds: 'a test', source: 'a test' }

let api = new FakeApiServer()
let platform: Platform
let noted: string[] = []

beforeEach(async () => {
  api = new FakeApiServer()
  noted = []
  platform = await api.start()
})
afterEach(async () => { await api.stop() })

async function start(faults: ApiFaults = {}): Promise<Fleet> {
  api.faults = faults
  const namespaceOf = (zone: string) => zone === 'outsider' ? outsiderNamespace('run') : zone === 'look-alike' ? lookalikeNamespace('run') : zone
  return await startFleet({ clients: platform.cluster, run: 'run', namespaceOf, record: { created: (object) => noted.push(object), took: () => {} }, podStartFailure: brief })
}

const absent = (fleet: Fleet) => fleet.members.flatMap((member) => member.ready ? [] : [`${member.endpoint.id}: ${member.why}`])

describe('the fleet', () => {
  test('is a pod for each endpoint, a service for each that may be looked for, and namespaces of its own outside the environments', async () => {
    const fleet = await start()
    expect(absent(fleet)).toEqual([])
    expect(fleet.members).toHaveLength(19)
    expect(noted.toSorted().filter((name) => name.includes('staging') || name.includes('plumbline-probe-run'))).toEqual([
      'Namespace plumbline-probe-run',
      'Pod plumbline-probe-run/probe-outsider-1-run', 'Pod plumbline-probe-run/probe-outsider-2-run',
      'Pod staging/probe-exposed-1-run', 'Pod staging/probe-exposed-2-run', 'Pod staging/probe-impostor-run', 'Pod staging/probe-unexposed-run',
      'Service plumbline-probe-run/probe-outsider-1-run', 'Service plumbline-probe-run/probe-outsider-1-run-direct', 'Service plumbline-probe-run/probe-outsider-2-run',
      'Service staging/probe-exposed-1-run', 'Service staging/probe-exposed-1-run-direct', 'Service staging/probe-exposed-2-run',
    ])
    expect(api.objects.get('/api/v1/namespaces/plumbline-probe-lookalike-run')?.metadata.labels).toMatchObject({ 'plumbline.dev/environment': 'production', 'plumbline.dev/run': 'run' })
    expect(api.objects.get('/api/v1/namespaces/staging/pods/probe-impostor-run')?.metadata.labels).toMatchObject({ 'plumbline.dev/environment': 'production', 'plumbline.dev/run': 'run' })
    const pod = api.objects.get('/api/v1/namespaces/staging/pods/probe-unexposed-run')
    expect(pod?.metadata.labels).not.toHaveProperty('plumbline.dev/reachable-from')
    expect(pod).toMatchObject({ spec: { automountServiceAccountToken: false, terminationGracePeriodSeconds: 0, containers: [{ securityContext: { runAsNonRoot: true } }] } })
  })

  test('says why a pod is not there: an environment is missing, its quota is used up', async () => {
    const fleet = await start({
      refuse: (request) => {
        if (request.startsWith('POST /api/v1/namespaces/staging/')) return { code: 404, reason: 'NotFound', message: 'namespaces "staging" not found' }
        if (request.startsWith('POST /api/v1/namespaces/system/pods')) return { code: 403, reason: 'Forbidden', message: 'exceeded quota: environment' }
        return undefined
      },
    })
    expect(absent(fleet)).toEqual([
      ...['exposed-1', 'exposed-2', 'unexposed', 'impostor'].map((name) => `staging/${name}: its pod could not be made in staging: namespaces "staging" not found`),
      ...['exposed-1', 'exposed-2', 'unexposed', 'impostor'].map((name) => `system/${name}: its pod could not be made in system: exceeded quota: environment`),
    ])
  })

  test('gives up a pod that keeps failing, long before the whole budget', async () => {
    const waiting = { reason: 'ErrImagePull', message: 'ghcr.io/plumbline-dev/probe-agent:0.2.0: not found' }
    const fleet = await start({
      podStatus: (name) => name === 'probe-outsider-1-run' ? { phase: 'Pending', containerStatuses: [containerStatus({ state: { waiting } })] } : readyStatus,
    })
    expect(absent(fleet)).toEqual(['outsider/outsider-1: its pod cannot start: ErrImagePull (ghcr.io/plumbline-dev/probe-agent:0.2.0: not found)'])
    expect(fleet.milliseconds).toBeGreaterThan(600)
    expect(fleet.milliseconds).toBeLessThan(30_000)
  })

  test('is removed by label, also what nobody noted, and is looked for again', async () => {
    await start()
    const footprint = await removeFootprint(platform, 'run', ['Pod staging/quota-run'])
    expect(footprint.leftovers).toEqual([])
    expect(footprint.removed).toEqual(footprint.created)
    expect(footprint.created).toContain('Namespace plumbline-probe-run')
    expect(footprint.created).toContain('Pod staging/quota-run')
    expect([...api.objects.keys()]).toEqual([])
  })

  test('of a run that was killed long ago is found by the time in its label', async () => {
    const old = '01j00000000000000000000000'
    const core = platform.cluster.core
    for (const run of [old, 'run']) await core.createNamespace({ body: { metadata: { name: outsiderNamespace(run), labels: { 'plumbline.dev/run': run } } } })
    const begun = Date.parse('2024-06-10T00:00:00Z')
    expect(await forsakenRuns(platform, begun + 30 * 24 * 3600 * 1000)).toEqual([old])
    expect(await forsakenRuns(platform, begun - 30 * 24 * 3600 * 1000)).toEqual([])
  })

  test('is removed everywhere but where nobody may look: an environment that is missing refuses', async () => {
    await start({
      refuse: (request) => request.includes('/namespaces/staging/') ? { code: 403, reason: 'Forbidden', message: 'pods is forbidden' } : undefined,
    })
    const footprint = await removeFootprint(platform, 'run', ['Pod staging/quota-run'], { whole: { ...brief, milliseconds: 8000 }, unanswered: brief })
    expect(footprint.leftovers).toEqual([])
    expect(footprint.unverified).toEqual([expect.stringContaining('Pod staging/quota-run (not known to be gone: ')])
    expect(footprint.removed).toContain('Pod production/probe-unexposed-run')
    expect([...api.objects.keys()]).toEqual([])
  })

  test('leaves nothing unsaid when the API server goes away', async () => {
    await start()
    await api.stop()
    const footprint = await removeFootprint(platform, 'run', ['Pod staging/probe-exposed-1-run'], { whole: brief, unanswered: brief })
    expect(footprint.removed).toEqual([])
    expect(footprint.leftovers).toEqual([])
    expect(footprint.unverified[0]).toContain('Pod staging/probe-exposed-1-run (not known to be gone: expected to list')
  })
})

describe('a pod\'s state', () => {
  test.each([
    [readyStatus, 'ready', undefined],
    [{}, 'starting', 'its pod has no status yet'],
    [{ phase: 'Pending' }, 'starting', 'its pod is Pending'],
    [{ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }] }, 'failing', 'its pod has no node: 0/3 nodes are available'],
    [{ phase: 'Pending', containerStatuses: [containerStatus({ state: { waiting: { reason: 'ImagePullBackOff' } } })] }, 'failing', 'its pod cannot start: ImagePullBackOff'],
    [{ phase: 'Pending', containerStatuses: [containerStatus({ state: { waiting: { reason: 'CreateContainerConfigError', message: 'image will run as root' } } })] }, 'failed', 'its pod cannot start: CreateContainerConfigError (image will run as root)'],
    [{ phase: 'Pending', containerStatuses: [containerStatus({ state: { waiting: { reason: 'ContainerCreating' } } })] }, 'starting', 'its pod is Pending'],
    [{ phase: 'Failed', containerStatuses: [containerStatus({ state: { terminated: { exitCode: 1, reason: 'Error' } } })] }, 'failed', 'its pod ended (Error 1)'],
    [{ phase: 'Failed', reason: 'DeadlineExceeded' }, 'failed', 'its pod ended (DeadlineExceeded)'],
  ] as const)('%#: %j', (status, state, why) => {
    expect(podState({ status: JSON.parse(JSON.stringify(status)) as object })).toMatchObject(why === undefined ? { state } : { state, why })
  })
})
