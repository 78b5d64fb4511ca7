import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { lostVisits, visitStores } from '../lib/probes/visits.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const { dataStoreRestart } = drills

test(
  'the data store is stopped and started by the runbook, and the service of every environment works with it again, as the same login and with the rows of before',
  { tags: ['FR-006'], meta: { profile: 'gameday' } },
  async ({ platform, run, drill }) => {
    const DATABASE = platform.outputs.database.id
    const visits = () => visitStores({ platform, run })
    const lost: string[] = []
    const log = await drill.run(dataStoreRestart, async ({ undo, follow, step, observe }) => {
      const before = await step('the service of every environment writes into its data store', { counts: false }, visits)
      const without = before.find(({ row }) => row === undefined)
      if (without !== undefined) throw new IndeterminateError(`expected the data store to work before it is stopped, but ${without.detail}`)

      await undo('the data store is started, when it is not', started(DATABASE))
      await follow({ DATABASE }, { guide: { file: dataStoreRestart.runbook.file, heading: 'Stop the server' }, counts: false })
      const during = await step('the same while it is stopped', { counts: false }, visits)
      const answered = during.find(({ row }) => row !== undefined)
      if (answered !== undefined) throw new IndeterminateError(`expected no service to reach the data store while it is suspended, but ${answered.detail}, so nothing was stopped`)

      await follow({ DATABASE })
      const { value: after } = await step('every service works with it again', { atMost: budgets.dataStoreStart.milliseconds / 1000 }, () =>
        converge(visits, budgets.dataStoreStart, { consecutive: 1, every: 1000, until: (all) => all.every(({ row }) => row !== undefined) }))
      lost.push(...lostVisits(before, after))
      observe('rows written by the services before the stop, while the data store was suspended, and after its start', { before, during, after })
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect(lost).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

/** Linode refuses to resume what it still suspends, and what runs. */
function started(database: string): string {
  return [
    `INSTANCE="$LINODE_URL/v4/databases/postgresql/instances/${database}"`,
    'linode() { curl --silent --show-error --fail --header "Authorization: Bearer $LINODE_TOKEN" "$@"; }',
    'status() { linode "$INSTANCE" | jq --raw-output .status; }',
    'while [ "$(status)" = suspending ]; do sleep 1; done',
    '[ "$(status)" != suspended ] || linode --request POST --output /dev/null "$INSTANCE/resume"',
    'until [ "$(status)" = active ]; do sleep 1; done',
  ].join('\n')
}
