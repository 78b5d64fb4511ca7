import { randomUUID } from 'node:crypto'
import { environmentNames } from '../intent/environments.ts'
import { canary, hostOf } from '../intent/hosts.ts'
import { expect, test } from '../lib/case.ts'
import { budgets } from '../lib/budgets.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { logsOn } from '../lib/platform/logs.ts'
import { clientIn } from '../lib/probes/https-client.ts'
import { callFrom } from '../lib/probes/https.ts'

test(
  'every request at the host of an environment is in the log store with that environment\'s tag, and without what followed the question mark',
  { tags: ['FR-008'] },
  async ({ platform, run, evidence }) => {
    const logs = logsOn(platform)
    const [ingress, client] = await Promise.all([readIngress(platform), clientIn({ platform, run }, 'outside')])
    const asked = environmentNames.map((environment) => {
      const [nonce, hidden] = [randomUUID(), randomUUID()]
      const host = hostOf(canary, environment, ingress.domain)
      return { environment, host, path: `/echo/${nonce}`, hidden, url: `https://${host}/echo/${nonce}?token=${hidden}` }
    })
    const unanswered = (await callFrom(platform, client, ingress, asked.map(({ environment, url }) => ({ id: environment, url })))).find(({ status }) => status !== 200)
    if (unanswered !== undefined) throw new IndeterminateError(`expected ${unanswered.url} to be answered, but it ended with ${unanswered.outcome} ${unanswered.status ?? unanswered.error ?? ''}; without the request there is nothing to look for`)

    // The path alone, whoever tagged the line how: a line under another environment's name must be found too.
    const look = async () => await Promise.all(asked.map(({ path }) => logs.query(`_time:5m RequestPath:~"^${path}"`)))
    const { value: found, milliseconds } = await converge(look, budgets.signalArrival, { consecutive: 2, every: 1000, until: (all) => all.every((records) => records.length > 0), signal: run.signal })
    evidence.observe('one request to each environment, and what the log store holds of it', {
      seconds: milliseconds / 1000, requests: asked.map(({ environment, path }, index) => ({ environment, path, records: found[index] })),
    })

    if (found.every((records) => records.length === 0)) throw new IndeterminateError(`expected the requests in the log store within ${budgets.signalArrival.milliseconds / 1000} s, but it holds none of them; see whether the collector runs`)
    expect(asked.flatMap(({ environment, host, path, hidden }, index) => faultsOf(found[index] ?? [], { environment, host, path, hidden }))).toBeFaultless()
  },
)

interface Expected { environment: string, host: string, path: string, hidden: string }

function faultsOf(records: readonly Readonly<Record<string, string>>[], { environment, host, path, hidden }: Expected): string[] {
  const [record] = records
  if (record === undefined || records.length > 1) return [`expected one line about ${path} of ${environment} in the log store, but it holds ${records.length}`]
  const wanted = { environment, source: 'ingress', RequestHost: host, DownstreamStatus: '200' }
  const faults = Object.entries(wanted).filter(([field, value]) => record[field] !== value)
    .map(([field, value]) => `expected the line about ${path} to say ${field} ${value}, but it says ${record[field] ?? 'nothing'}`)
  const timed = Number(record['Duration']) > 0 ? [] : [`expected the line about ${path} to say how long the request took, but Duration is ${record['Duration'] ?? 'missing'}`]
  const told = JSON.stringify(record).includes(hidden) ? [`expected the line about ${path} to leave out what followed the question mark, but it tells it`] : []
  return [...faults, ...timed, ...told]
}
