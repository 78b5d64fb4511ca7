import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { budgets } from '../lib/budgets.ts'
import { releaseRecordNames } from '../lib/platform/changes.ts'
import { readStateVersions } from '../lib/platform/state.ts'
import { strangers, withWiderAllowList } from '../lib/probes/changed-platform.ts'
import { requestOf, told } from '../lib/probes/change-requests.ts'

/** Long enough for the case, and too short for anybody to make use of what it asked for. */
const minutes = '10'

test(
  'a change of the segmentation is refused by the pipeline, and changes nothing, until somebody else than its author has approved it',
  { tags: ['NFR-003'] },
  async ({ platform, provided, operator, commandLine, run, evidence }) => {
    const [author, other] = operator.approvers()
    const before = { state: (await readStateVersions(platform, 1)).versions[0], releases: await releaseRecordNames(platform) }
    const seen = await withWiderAllowList(provided.operator, async (platformFile) => {
      const pipeline = (...argv: string[]) => commandLine({ argv: [...argv, '--platform', platformFile, '--json'], budget: budgets.pipelineRun, signal: run.signal })
      const unasked = await pipeline('provision')
      evidence.observe('a platform file with another allow list, brought without approval', { change: `strangers of ${strangers} reach the data store`, unasked: told(unasked) })
      // Behind one that was brought there is nothing left to ask for.
      expect(unasked.exitCode, 'exit code of a run that nobody approved').toBe(2)
      const asked = await pipeline('change', 'request', '--as', author, '--reason', `conformance run ${run.id}`, '--minutes', minutes)
      const id = requestOf(asked)
      const own = await pipeline('change', 'approve', id, '--as', author)
      const unapproved = await pipeline('provision', '--approval', id)
      const approved = await pipeline('change', 'approve', id, '--as', other)
      // The control, of which nothing is applied: with the approval of somebody else the same change passes.
      const passing = await pipeline('provision', '--plan-only', '--approval', id)
      return { id, unasked, own, unapproved, approved, passing }
    })
    const after = { state: (await readStateVersions(platform, 1)).versions[0], releases: await releaseRecordNames(platform) }
    const { id, unasked, own, unapproved, approved, passing } = seen
    evidence.observe('the same brought with the author\'s own approval, and with that of somebody else', {
      id, author, other, own: told(own), unapproved: told(unapproved), approved: told(approved), passing: told(passing),
      stateBefore: before.state?.versionId, stateAfter: after.state?.versionId, releaseRecords: { before: before.releases.size, after: after.releases.size },
    })

    if (approved.exitCode !== 0 || passing.exitCode !== 0) throw new IndeterminateError(`expected the control to pass, approved by ${other}, but it was refused: ${told(approved.exitCode === 0 ? passing : approved).message}`)
    expect(told(unasked).message, 'what the run without approval says').toContain(`allow connections from ${strangers}`)
    expect(told(unasked).message, 'what the run without approval says to do').toContain('plumbline change request')
    expect(own.exitCode, 'exit code of the author\'s own approval').toBe(2)
    expect(told(own).message, 'what the author is told').toContain('nobody approves their own')
    expect(unapproved.exitCode, 'exit code of a run with a request that nobody approved').toBe(2)
    expect(told(unapproved).message, 'what the run with a request alone says').toContain('nobody has approved it')
    expect(after.state?.versionId, 'version of the state after the refused runs').toBe(before.state?.versionId)
    expect([...after.releases].filter((name) => !before.releases.has(name)), 'revisions that the refused runs made').toEqual([])
  },
)
