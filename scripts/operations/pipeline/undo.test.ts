import { expect, test } from 'vitest'
import type { Findings } from './findings.ts'
import { phases } from './phases.ts'
import type { StateObject, StateObjects } from './state-objects.ts'
import type { Plan } from './terraform.ts'
import { NothingDone } from './terraform-failures.ts'
import { undo, undoingInWords } from './undo.ts'
import type { UndoWorld } from './undo.ts'

const pool = (id: string, digest = 'd'): StateObject => ({ id, digest, type: 'linode_lke_node_pool' })
const noChanges: Plan = { digest: 'sha256:0', changes: false, summary: { counts: { create: 0, update: 0, replace: 0, delete: 0 }, changes: [], makes: [] }, segmentation: { firewalls: [], controlPlane: [], database: [] } }

function planOf(...changes: Plan['summary']['changes']): Plan {
  const makes = changes.filter(({ action }) => action === 'create').map(({ address }) => ({ address, type: 'linode_lke_node_pool', label: undefined }))
  return { ...noChanges, changes: true, summary: { ...noChanges.summary, changes, makes } }
}

/** A Terraform whose state is a map: destroying and applying do what they say unless they are broken. */
function world(state: Map<string, StateObject>, { before, broken = [], restorePlan = planOf() }: { before?: StateObjects, broken?: string[], restorePlan?: Plan } = {}) {
  const calls: string[] = []
  const act = (what: string, work: () => void) => async () => {
    calls.push(what)
    if (broken.includes(what)) return Promise.reject(new Error(`${what} was refused`))
    work()
    return Promise.resolve()
  }
  const made: UndoWorld = {
    terraform: {
      objects: async () => Promise.resolve(new Map(state)),
      destroy: async (addresses) => act('destroy', () => addresses.forEach((address) => state.delete(address)))(),
      adopt: async () => Promise.resolve(),
      plan: async () => Promise.resolve(restorePlan),
      apply: act('apply', () => before?.forEach((object, address) => state.set(address, object))),
      forgetPlan: async () => Promise.resolve(),
    },
    asBefore: before === undefined ? undefined : act('prepare', () => undefined),
    account: { list: async () => Promise.resolve([]), read: async () => Promise.resolve({}), remove: async () => Promise.resolve() },
    startedAt: new Date(),
    phases: phases(() => undefined),
  }
  return { calls, world: made }
}

const failure = new Error('a limit was reached')

test('what a failed first run made is destroyed', async () => {
  const state = new Map([['cluster', pool('1')], ['pool', pool('2')]])
  const { calls, world: made } = world(state)
  const findings: Findings = { releases: [], applying: true, objectsBefore: new Map(), plan: planOf({ address: 'cluster', action: 'create' }, { address: 'pool', action: 'create' }, { address: 'key', action: 'create' }) }
  expect(await undo(findings, failure, made)).toEqual({ undone: ['cluster destroyed', 'pool destroyed'], left: [] })
  expect(calls).toEqual(['destroy'])
})

test('an incremental run is undone: what is new goes, what was changed is applied as it was', async () => {
  const before = new Map([['pool', pool('2', 'as it was')]])
  const { calls, world: made } = world(new Map([['pool', pool('2', 'changed')], ['extra', pool('3')]]), { before })
  const findings: Findings = { releases: [], applying: true, objectsBefore: before, plan: planOf({ address: 'pool', action: 'update' }, { address: 'extra', action: 'create' }) }
  expect(await undo(findings, failure, made)).toEqual({ undone: ['extra destroyed', 'pool as before'], left: [] })
  expect(calls).toEqual(['destroy', 'prepare', 'apply'])
})

test('the restoration makes nothing that was not there', async () => {
  const before = new Map([['pool', pool('2', 'as it was')]])
  const { calls, world: made } = world(new Map([['pool', pool('2', 'changed')]]), { before, restorePlan: planOf({ address: 'new-in-the-sources', action: 'create' }) })
  const { left } = await undo({ releases: [], applying: true, objectsBefore: before, plan: planOf({ address: 'pool', action: 'update' }) }, failure, made)
  expect(calls).toEqual(['prepare'])
  expect(left).toEqual(['pool may not be as before (the sources of terraform/ are not those of the last run that ended well: with them new-in-the-sources would be made)'])
})

test('what cannot be destroyed is named, and the releases are undone all the same', async () => {
  const { world: made } = world(new Map([['pool', pool('2')]]), { broken: ['destroy'] })
  const findings: Findings = {
    releases: [], applying: true, objectsBefore: new Map(), plan: planOf({ address: 'pool', action: 'create' }),
    undoReleases: async () => Promise.resolve({ undone: ['release one uninstalled'], left: [] }),
  }
  expect(await undo(findings, failure, made)).toEqual({ undone: ['release one uninstalled'], left: ['pool is still there (destroy was refused)'] })
})

test.each<[string, unknown, Partial<Findings>]>([
  ['another run holds the lock', new NothingDone('locked'), { applying: true }],
  ['nothing was applied yet', failure, {}],
  ['there was nothing to apply', failure, { applying: true, plan: noChanges }],
])('nothing is touched when %s', async (_, error, more) => {
  const { calls, world: made } = world(new Map([['pool', pool('2')]]))
  expect(await undo({ releases: [], objectsBefore: new Map(), plan: planOf({ address: 'pool', action: 'create' }), ...more }, error, made)).toEqual({ undone: [], left: [] })
  expect(calls).toEqual([])
})

test('the message says what was undone, or what is left and what to do', () => {
  expect(undoingInWords({ undone: [], left: [] })).toBeUndefined()
  expect(undoingInWords({ undone: ['a destroyed', 'b as before'], left: [] })).toBe('What this run had done is undone: a destroyed; b as before.')
  expect(undoingInWords({ undone: ['a destroyed'], left: ['b is still there'] })).toBe(
    'Undoing it did not succeed altogether. Left: b is still there. Undone: a destroyed. Run `npx plumbline provision` with the platform file as it was before; '
    + 'docs/platform/pipeline.md says what to do when that fails.',
  )
})
