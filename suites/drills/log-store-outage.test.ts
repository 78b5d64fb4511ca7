import { drills } from '../intent/drills.ts'
import { environmentNames } from '../intent/environments.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { auditRecords } from '../lib/platform/audit.ts'
import { look } from '../lib/platform/audit-requests.ts'
import { logsOn } from '../lib/platform/logs.ts'
import { printLines, stopPrinting, storedLines } from '../lib/probes/kept-lines.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const { logStoreOutage } = drills
const service = 'kubectl --namespace observability'

test(
  'the log store is away for a while and comes back by the runbook, and then it has the lines of every environment and the access records that were made meanwhile',
  { tags: ['FR-008'], meta: { profile: 'gameday' } },
  async ({ platform, run, drill }) => {
    const place = { platform, run }
    const faults: string[] = []
    const log = await drill.run(logStoreOutage, async ({ undo, step, follow, observe }) => {
      await step('the log store answers', { counts: false }, () => logsOn(platform).query('*', 1))
      await undo('the log store has its pod', `${service} scale deployment victoria-logs --replicas=1\n${service} rollout status deployment/victoria-logs --timeout=120s`)
      await follow({}, { guide: { file: logStoreOutage.runbook.file, heading: 'Take it away for maintenance' }, counts: false })
      const answered = await logsOn(platform).query('*', 1).then(() => true, () => false)
      if (answered) throw new IndeterminateError('expected the log store not to answer while it has no pod, but it does, so nothing was taken away')
      try {
        const printed = await step('a pod of every environment prints, and somebody asks the API server', { counts: false }, () => Promise.all(environmentNames.map((environment) => printLines(place, environment))))
        const asked = await look(platform, 'staging', `away-${run.label}`)
        const silent = printed.find(({ lines }) => lines === 0)
        if (silent !== undefined) throw new IndeterminateError(`expected ${silent.pod} in ${silent.environment} to print something, but its log is empty`)

        await follow({})
        const stored = async () => await Promise.all(printed.map(async (one) => ({ ...one, stored: await storedLines(place, one) })))
        const { value: lines } = await step('every line that was printed meanwhile can be found', { atMost: budgets.auditRecordArrives.milliseconds / 1000 }, () =>
          converge(stored, budgets.auditRecordArrives, { consecutive: 1, every: 1000, until: (all) => all.every((one) => one.stored >= one.lines) }))
        const { value: records } = await step('so can the access record', { atMost: budgets.auditRecordArrives.milliseconds / 1000 }, () =>
          converge(() => auditRecords(platform, asked.mark), budgets.auditRecordArrives, { consecutive: 1, every: 1000, until: (found) => found.length > 0 }))
        observe('lines that were printed while the log store was away, and how many of them it has; records of a request that was made meanwhile', { lines, records })
        faults.push(
          ...lines.filter((one) => one.stored < one.lines).map((one) => `expected the ${String(one.lines)} lines that ${one.pod} printed in ${one.environment} while the log store was away to arrive afterwards, but it has ${String(one.stored)} of them`),
          ...records.length > 0 ? [] : [`expected the access record of the request ${asked.mark}, made while the log store was away, to arrive afterwards, but it did not`],
        )
      }
      finally {
        await Promise.all(environmentNames.map((environment) => stopPrinting(place, environment).catch(() => {})))
      }
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)
