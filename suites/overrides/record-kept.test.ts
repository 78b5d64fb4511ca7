import { closedWay } from '../intent/overrides.ts'
import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { rehearsing } from '../lib/platform/override-rehearsal.ts'
import { heldRecord, overrideRecord, standingOverrides } from '../lib/platform/overrides.ts'

const day = 24 * 3600 * 1000
/** A retention that was just set is this much shorter when it is read. Milliseconds. */
const since = 10 * 60 * 1000

test(
  'nobody approves the override that they asked for, and request, approval and what became of it lie in the locked bucket, where a key that may write cannot remove them',
  { tags: ['NFR-003'], meta: { profile: 'nightly' } },
  async ({ platform, operator, run, evidence }) => {
    const [author, approver] = operator.approvers()
    // It is about pods that there are none of, so it opens nothing.
    const nobody = `plumbline.dev/run=${run.label},plumbline.dev/endpoint=nobody`
    await rehearsing(operator, { way: closedWay, fromPods: nobody, toPods: nobody, author, reason: `conformance run ${run.id}` }, async ({ id, asked, approve }) => {
      const standing = async (): Promise<string[]> => (await standingOverrides(platform)).filter(({ label }) => label === id.toLowerCase()).map(({ namespace, name }) => `${name}@${namespace}`)
      const own = await operator.run('override', 'approve', id, '--as', author)
      const afterOwn = await standing()
      const opened = await approve(approver)
      const afterOther = await standing()
      const closed = await operator.ask('override', 'close', id, '--as', author)
      const afterClose = await standing()
      evidence.observe('the request, its author\'s own approval, somebody else\'s, and its close', { asked, own, afterOwn, opened, afterOther, closed, afterClose })
      const record = await overrideRecord(platform, id)
      const { control, held } = await heldRecord(platform, record, { run: run.id, days: objectives.auditRetentionDays })
      evidence.observe('its record in the locked bucket, and attempts to remove it by a key that may write', { record, control, held })

      expect({ exitCode: own.exitCode, standing: afterOwn }, `approval by ${author}, who made the request: ${own.stderr}`).toEqual({ exitCode: 2, standing: [] })
      expect(own.stderr, 'what the refusal says').toContain('nobody approves their own')
      expect(afterOther.length, 'network policies after somebody else\'s approval').toBe(2)
      expect(afterClose, 'network policies after the close').toEqual([])
      expect({ author: record.request?.author, approvers: record.approvals.map((one) => one.approver), notes: record.notes.map(({ what }) => what).toSorted() }, `record of the override ${id}`).toEqual({ author, approvers: [approver], notes: ['applied', 'closed'] })
      expect(held.flatMap(({ key, at, retention }) => (retention?.mode === 'COMPLIANCE' && retention.until.getTime() - at.getTime() >= objectives.auditRetentionDays * day - since
        ? []
        : [`expected ${key} to be held for ${String(objectives.auditRetentionDays)} days in mode COMPLIANCE, but it is held ${retention === undefined ? 'by nothing' : `in mode ${retention.mode} until ${retention.until.toISOString()}`}`]))).toBeFaultless()
      for (const { deletion } of held) expect(deletion).toBeDenied({ control })
    })
  },
)
