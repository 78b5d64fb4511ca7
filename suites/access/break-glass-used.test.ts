import { objectives } from '../intent/objectives.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { accessRecordsInLogs, accessRecordsOf } from '../lib/platform/access-records.ts'
import { readWith, takeUpAdministrator } from '../lib/platform/holders.ts'
import { kubeConfigFrom } from '../lib/platform/kubernetes.ts'
import { heldRecord } from '../lib/platform/overrides.ts'
import { breakGlass, castOf, type Said } from '../lib/probes/break-glass.ts'

/** What only the administrator reads. */
const path = '/api/v1/nodes?limit=1'
const steps = ['break-glass-approved', 'break-glass-approved', 'break-glass-closed', 'break-glass-opened', 'break-glass-requested']

test(
  'the administrator\'s kubeconfig that two others let somebody take out works, is unknown to the cluster once it is given back, and every step has left a record that nobody deletes',
  { tags: ['FR-002'], meta: { profile: 'nightly' } },
  async ({ platform, commandLine, run, provided, redactor, evidence }) => {
    const { author, first, second } = castOf(provided.people)
    const glass = breakGlass({ commandLine, run })
    const id = await glass.request(author, `conformance run ${run.id}: nothing is broken`)
    const approvals = [await glass.approve(id, first), await glass.approve(id, second)]
    const taken = kubeConfigFrom(await glass.open(id, author))
    const ask = async () => await readWith(taken, `${author} with the administrator's kubeconfig`, path)
    let closed: Said | undefined
    try {
      redactor.add({ name: 'token of the administrator', value: taken.getCurrentUser()?.token ?? '' })
      const control = await ask()
      closed = await glass.close(id, author)
      const renewed = await takeUpAdministrator(platform)
      const [{ value: afterwards, milliseconds }, again] = [await converge(ask, budgets.tokenForgotten, { consecutive: 2, until: ({ status }) => status === 401 }), await readWith(renewed, 'the administrator of the outputs', path)]
      const records = (await accessRecordsOf(platform, author)).filter(({ request }) => request === id)
      const held = await heldRecord(platform, { keys: records.map(({ key }) => key) }, { run: run.id, days: objectives.auditRetentionDays })
      const inLogs = await accessRecordsInLogs(platform, id, steps.length)
      evidence.observe('the use of break-glass, and what the kubeconfig was answered before and after it was given back', { id, people: { author, first, second }, approvals, control, closed, afterwards, again })
      evidence.observe('the records of its steps in the audit bucket, attempts to remove them by a key that may write, and what the log store holds', { records, held, inLogs })
      evidence.timing('from the end of the command until the API server no longer knows the kubeconfig', { seconds: milliseconds / 1000, atMost: budgets.tokenForgotten.milliseconds / 1000 })

      if (control.status !== 200) throw new IndeterminateError(`expected the kubeconfig that was taken out to work, but the answer was ${control.status} (${control.message}): a refusal afterwards would prove nothing`)
      expect(closed.exitCode, `exit code of access break-glass close (${closed.said})`).toBe(0)
      expect(afterwards.status, 'status that the kubeconfig is answered after it was given back').toBe(401)
      expect(again.status, 'status that the new one is answered').toBe(200)
      expect(records.map(({ action }) => action).toSorted(), `records about the break-glass ${id}`).toEqual(steps)
      for (const { deletion } of held.held) expect(deletion).toBeDenied({ control: held.control })
      expect(inLogs, `records about the break-glass ${id} in the log store`).toEqual(steps)
    }
    finally {
      // Never left open: the cluster's administrator would be on this machine.
      if (closed?.exitCode !== 0) evidence.observe('the break-glass closed once more', await glass.close(id, author))
    }
  },
)
