import { expect, test } from 'vitest'
import type { ReleaseRecord } from './helm.ts'
import type { ReleaseList } from './releases-file.ts'
import { undoReleases } from './undo-releases.ts'

const list: ReleaseList = {
  apiVersion: 'plumbline.dev/v1', records: 'kube-system',
  stages: [{ name: 'first', releases: [{ name: 'guardrails', chart: 'guardrails' }] }, { name: 'second', releases: [{ name: 'ingress', chart: 'ingress' }] }],
}
const revision = (number: number, status: string): ReleaseRecord => ({ revision: number, status, description: `sha256:${number}` })

function charts(records: Record<string, ReleaseRecord[]>, broken: string[] = []) {
  const calls: string[] = []
  const act = async (name: string, what: string) => {
    calls.push(what)
    return broken.includes(name) ? Promise.reject(new Error('the cluster is gone')) : Promise.resolve()
  }
  return {
    calls,
    helm: {
      history: async (name: string) => Promise.resolve(records[name] ?? []),
      rollback: async (name: string, to: { revision: number, description: string }) => act(name, `rollback ${name} ${to.revision} ${to.description}`),
      uninstall: async (name: string) => act(name, `uninstall ${name}`),
    },
  }
}

test('last stage first: what is new goes, what changed goes back under the words of its revision', async () => {
  const { calls, helm } = charts({ guardrails: [revision(3, 'superseded'), revision(4, 'deployed')], ingress: [revision(1, 'failed')] })
  expect(await undoReleases(list, new Map([['guardrails', { revision: 3, status: 'deployed' }]]), helm)).toEqual({
    undone: ['release ingress uninstalled', 'release guardrails back at revision 3'], left: [],
  })
  expect(calls).toEqual(['uninstall ingress', 'rollback guardrails 3 sha256:3'])
})

test('what the run did not touch, or never installed, is left alone', async () => {
  const { calls, helm } = charts({ guardrails: [revision(3, 'deployed')] })
  expect(await undoReleases(list, new Map([['guardrails', { revision: 3, status: 'deployed' }]]), helm)).toEqual({ undone: [], left: [] })
  expect(calls).toEqual([])
})

test('a release that was broken before goes back to what was last in force', async () => {
  const { calls, helm } = charts({ guardrails: [revision(2, 'superseded'), revision(3, 'failed'), revision(4, 'failed')] })
  await undoReleases(list, new Map([['guardrails', { revision: 3, status: 'failed' }]]), helm)
  expect(calls).toEqual(['rollback guardrails 2 sha256:2'])
})

test('what cannot be put back is told, and the rest is put back all the same', async () => {
  const { helm } = charts({ guardrails: [revision(3, 'superseded'), revision(4, 'deployed')], ingress: [revision(1, 'deployed')] }, ['ingress'])
  expect(await undoReleases(list, new Map([['guardrails', { revision: 3, status: 'deployed' }]]), helm)).toEqual({
    undone: ['release guardrails back at revision 3'], left: ['release ingress is not as it was before: the cluster is gone'],
  })
})
