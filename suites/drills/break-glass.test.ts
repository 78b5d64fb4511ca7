import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { accessRecordsOf } from '../lib/platform/access-records.ts'
import { administrator, readWith, takeUpAdministrator } from '../lib/platform/holders.ts'
import { castOf } from '../lib/probes/break-glass.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const nodes = '/api/v1/nodes?limit=1'
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
      const old = administrator(platform)
      const control = await readWith(old, 'the administrator before', nodes)
      if (control.status !== 200) throw new IndeterminateError(`expected the administrator's kubeconfig to work before it is taken out, but the answer was ${String(control.status)} (${control.message})`)
      await d.undo('the outputs hold the administrator\'s kubeconfig that is in force', 'npx plumbline provision')
      await d.undo('nobody has the administrator\'s kubeconfig', `for id in $(npx plumbline access list --json | jq --raw-output '.breakGlass[].request'); do npx plumbline access break-glass close "$id" --as '${author}'; done`)
      await d.follow({ AUTHOR: author, FIRST: first, SECOND: second, REASON: `drill ${run.id}` })
      const renewed = await takeUpAdministrator(platform)
      const { value: dead } = await converge(() => readWith(old, 'the administrator with the old kubeconfig', nodes), budgets.tokenForgotten, { consecutive: 2, until: ({ status }) => status === 401 })
      seen['the old kubeconfig'] = dead.status
      seen['the new kubeconfig'] = (await readWith(renewed, 'the administrator with the new kubeconfig', nodes)).status
      left.push(...(await accessRecordsOf(platform, author)).filter(({ request }) => !known.has(request)).map(({ action }) => action).toSorted())
      d.observe('what each kubeconfig is answered, and what is recorded of the break-glass', { ...seen, left })
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(seen).toEqual({ 'the old kubeconfig': 401, 'the new kubeconfig': 200 })
    expect(left, 'records of the break-glass').toEqual(records)
  },
)
