import { drills } from '../intent/drills.ts'
import { endsWithin } from '../intent/overrides.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import type { FollowedGuide } from '../lib/guides/follow.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { overrideGone } from '../lib/platform/overrides.ts'
import { chosenBy, startOverridePods, tryWays, unknownWays, wrongWays, type WayTried } from '../lib/probes/override-pods.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const { segmentationOverride } = drills
const { file } = segmentationOverride.runbook
const [from, to] = ['staging', 'production'] as const
const wish = { FROM: from, TO: to, PORT: '8080', MINUTES: '1' }

test(
  'an override that is asked for and approved by the guide opens one way between two pods and nothing else, and ends by itself',
  { tags: ['FR-009'], meta: { profile: 'gameday' } },
  async ({ platform, operator, run, drill }) => {
    const place = { platform, run }
    const faults: string[] = []
    const unknown: string[] = []
    const judge = (ways: readonly WayTried[], when: string, open = false): void => {
      faults.push(...wrongWays(ways, when, open))
      unknown.push(...unknownWays(ways, when))
    }
    const log = await drill.run(segmentationOverride, async ({ undo, step, follow, observe }) => {
      const [author, approver] = operator.approvers()
      const pods = await step('two pods in each environment stand ready', { counts: false }, () => startOverridePods(place, { from, to }))
      const before = await step('nothing is open', { counts: false }, () => tryWays(place, pods))

      await undo('no override of this drill is open', closed(run.label, author))
      const asked = await follow({ ...wish, FROM_PODS: chosenBy(run.label, 'client'), TO_PODS: chosenBy(run.label, 'server'), AUTHOR: author }, { guide: { file, heading: 'Ask' } })
      const REQUEST = said(asked, /Request (\S+) would open exactly this/)
      const approved = await follow({ REQUEST, APPROVER: approver }, { guide: { file, heading: 'Approve' } })
      const expiresAt = new Date(said(approved, /is active until (\S+):/))
      const open = await step('one way is open', { counts: false }, () => tryWays(place, pods))
      if (Date.now() > expiresAt.getTime()) throw new IndeterminateError(`expected to have tried every way before the override ends at ${expiresAt.toISOString()}, but it took longer; the machine is too busy for an override of a minute`)

      const gone = await step('it ends by itself', { atMost: budgets.overrideEnds.milliseconds / 1000, counts: false }, () => overrideGone(platform, REQUEST, budgets.overrideEnds))
      const late = (Date.now() - expiresAt.getTime()) / 1000
      const after = await step('nothing is open any more', { counts: false }, () => tryWays(place, pods))
      observe('each way before the override, while it was open, and after its end', { request: REQUEST, author, approver, expiresAt: expiresAt.toISOString(), secondsLate: late, before, open, after })
      judge(before, 'before anybody asked')
      judge(open, 'while the override is open', true)
      judge(after, 'after its end')
      if (gone.value.length > 0 || late > endsWithin) faults.push(`expected the override ${REQUEST} to be gone within ${String(endsWithin)} s of its end, but ${late.toFixed(0)} s after it there was ${gone.value.join(', ') || 'nothing left'}; see whether override-keeper runs in namespace overrides`)
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    refuseUndecided([...unknown, ...undecidedInDrill(log)])
  },
)

/** What a command of the guide printed about the override. Throws IndeterminateError when it did not. */
function said({ steps }: FollowedGuide, pattern: RegExp): string {
  const [, found] = pattern.exec(steps.map(({ output = '' }) => output).join('\n')) ?? []
  if (found === undefined) throw new IndeterminateError(`expected the guide's command to say ${String(pattern)}, but it did not`)
  return found
}

/** Overrides are known by the pods that they choose. A list in which one is overdue or incomplete ends with 1 or 4. */
function closed(run: string, who: string): string {
  return [
    'listed() { npx plumbline override list --json || case $? in 1|4) ;; *) return 1 ;; esac; }',
    `ours() { listed | jq --raw-output --arg run '${run}' '.[] | select(.state == "pending" or .state == "active" or .state == "incomplete" or .state == "overdue") | select(tostring | contains($run)) | .id'; }`,
    `for id in $(ours); do npx plumbline override close "$id" --as ${who}; done`,
    '[ -z "$(ours)" ]',
  ].join('\n')
}
