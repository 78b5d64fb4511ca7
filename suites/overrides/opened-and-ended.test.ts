import { endsWithin, intendedWith, openedCells, rehearsedWay } from '../intent/overrides.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { rehearsing } from '../lib/platform/override-rehearsal.ts'
import { keeperRecords, overrideGone, overrideRecord } from '../lib/platform/overrides.ts'
import { labelsOf, passNow } from '../lib/probes/override-traffic.ts'

const isDenied = ({ cell }: { cell: { intended: string } }): boolean => cell.intended === 'deny'

test(
  'an override that somebody else approved opens exactly its cells, and ends by itself at its time, with nobody acting',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, traffic, operator, run, evidence }) => {
    const { fleet, cells: before } = await traffic.pass()
    evidence.reachability('every cell before anybody asked', { cells: before, seconds: 0 })
    // What is open already cannot be opened, and nothing is gained by waiting for the end of it.
    expect(before.filter(isDenied)).toBeDenied()

    const [author, approver] = operator.approvers()
    const pods = { fromPods: labelsOf(fleet, rehearsedWay.from), toPods: labelsOf(fleet, rehearsedWay.to) }
    await rehearsing(operator, { way: rehearsedWay, ...pods, author, reason: `conformance run ${run.id}` }, async ({ id, asked, approve }) => {
      const opened = await approve(approver)
      const open = await passNow({ platform, fleet }, intendedWith(rehearsedWay))
      evidence.observe('what was asked for, and its approval by somebody else', { asked, author, approver, opened })
      evidence.reachability('every cell while the override is open', open)
      if (open.endedAt > opened.expiresAt) throw new IndeterminateError(`expected to have tried every cell before the override ends at ${opened.expiresAt.toISOString()}, but it took until ${open.endedAt.toISOString()}; the machine is too busy for an override of a minute`)
      expect(open.cells.filter(({ cell }) => openedCells(rehearsedWay).has(cell.id))).toHaveVerdict('delivered')
      expect(open.cells.filter(isDenied)).toBeDenied()

      const gone = await overrideGone(platform, id, budgets.overrideEnds)
      const late = (Date.now() - opened.expiresAt.getTime()) / 1000
      const after = await passNow({ platform, fleet })
      const record = await overrideRecord(platform, id)
      evidence.reachability('every cell after its end', after)
      evidence.observe('its end, and what the locked bucket holds about it', { expiresAt: opened.expiresAt, secondsLate: late, left: gone.value, record })

      expect(gone.value, `network policies of the override ${id} that are left ${late.toFixed(0)} s after its end; see whether override-keeper runs in namespace overrides`).toEqual([])
      expect(late, `seconds from the end of the override ${id} until it was gone`).toBeLessThanOrEqual(endsWithin)
      expect(after.cells.filter(isDenied)).toBeDenied()
      expect({ author: record.request?.author, approvers: record.approvals.map((one) => one.approver), notes: record.notes.map(({ what }) => what) }, `record of the override ${id}`).toEqual({ author, approvers: [approver], notes: ['applied'] })

      const ended = await keeperRecords(platform, id)
      evidence.observe('who took it away, by the audit records of the API server', ended)
      if (ended.length === 0) throw new IndeterminateError(`expected the audit records of the end of the override ${id} in the log store, but they did not come; see whether audit logs are delivered and audit-forwarder runs in namespace audit`)
      expect(ended.map((one) => one['objectRef.namespace']).toSorted(), 'environments in which the keeper took it away').toEqual([rehearsedWay.from.zone, rehearsedWay.to.zone].toSorted())
    })
  },
)
