import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { kubeconfigInForce, nodesRead } from '../lib/drills/administrators-kubeconfig.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { accessRecordsOf } from '../lib/platform/access-records.ts'
import { takeUpAdministrator } from '../lib/platform/holders.ts'
import { castOf } from '../lib/probes/break-glass.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const records = ['break-glass-approved', 'break-glass-approved', 'break-glass-closed', 'break-glass-opened', 'break-glass-requested']

test(
  'by the runbook the administrator\'s kubeconfig is taken out with two approvals, works, and is dead once it is given back, while the new one works and every step has left its record',
  { tags: ['FR-002'], meta: { profile: 'gameday' } },
  async ({ platform, provided, run, drill }) => {
    const { author, first, second } = castOf(provided.people)
    const seen: Record<string, number> = {}
    const left: string[] = []
    const log = await drill.run(drills.breakGlass, async (d) => {
      const known = new Set((await accessRecordsOf(platform, author)).map(({ request }) => request))
      const old = await kubeconfigInForce(platform)
      await d.undo('the outputs hold the administrator\'s kubeconfig that is in force', 'npx plumbline provision')
      await d.undo('nobody has the administrator\'s kubeconfig', `for id in $(npx plumbline access list --json | jq --raw-output '.breakGlass[].request'); do npx plumbline access break-glass close "$id" --as '${author}'; done`)
      await d.follow({ AUTHOR: author, FIRST: first, SECOND: second, REASON: `drill ${run.id}` })
      const renewed = await takeUpAdministrator(platform)
      seen['the old kubeconfig'] = (await old.untilUnknown()).value.status
      seen['the new kubeconfig'] = (await nodesRead(renewed, 'the administrator with the new kubeconfig')).status
      left.push(...(await accessRecordsOf(platform, author)).filter(({ request }) => !known.has(request)).map(({ action }) => action).toSorted())
      d.observe('what each kubeconfig is answered, and what is recorded of the break-glass', { ...seen, left })
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(seen).toEqual({ 'the old kubeconfig': 401, 'the new kubeconfig': 200 })
    expect(left, 'records of the break-glass').toEqual(records)
  },
)
