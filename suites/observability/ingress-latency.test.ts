import { environmentNames } from '../intent/environments.ts'
import { canary, hostOf, latencyBound } from '../intent/hosts.ts'
import { expect, test } from '../lib/case.ts'
import { budgets } from '../lib/budgets.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { clientIn } from '../lib/probes/https-client.ts'
import { callFrom } from '../lib/probes/https.ts'

/** A status that nobody else asks for, so that these requests are the only ones of their series. */
const mark = 418
/** As many requests per environment as no other gets: a request that is counted under a wrong name shows in two of them. */
const requests = environmentNames.map((environment, index) => ({ environment, count: 3 + 2 * index }))
const series = `traefik_service_request_duration_seconds_bucket{code="${mark}"}`

test(
  'every request at the host of an environment is in that environment\'s latency histogram, within a minute',
  { tags: ['FR-008'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const prometheus = prometheusOn(platform)
    const [ingress, client] = await Promise.all([readIngress(platform), clientIn({ platform, run }, 'outside')])
    const counts = async (): Promise<Readonly<Record<string, number>>> => {
      const samples = await prometheus.query(`sum by (environment, le) (${series})`)
      return Object.fromEntries(samples.map(({ labels, value }) => [`${labels['environment'] ?? 'nobody'} ${labels['le'] ?? ''}`, value]))
    }
    const before = await counts()
    const calls = requests.flatMap(({ environment, count }) => Array.from({ length: count }, (_, index) => ({
      id: `${environment} ${index}`, url: `https://${hostOf(canary, environment, ingress.domain)}/status?code=${mark}`,
    })))
    const astray = (await callFrom(platform, client, ingress, calls)).find(({ status }) => status !== mark)
    if (astray !== undefined) throw new IndeterminateError(`expected ${astray.url} to answer ${mark}, but it ended with ${astray.outcome} ${astray.status ?? astray.error ?? ''}; without the requests there is nothing to look for`)

    const added = async () => {
      const after = await counts()
      return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)]))
    }
    const whole = (seen: Readonly<Record<string, number>>) => requests.every(({ environment, count }) => (seen[`${environment} +Inf`] ?? 0) >= count)
    const { value: seen, converged, milliseconds } = await converge(added, budgets.signalArrival, { consecutive: 2, every: 2000, until: whole, signal: run.signal })
    evidence.observe('requests sent to each environment, and what its histogram gained in each bucket', { requests, seen, seconds: milliseconds / 1000 })
    const bounds = [...new Set(Object.keys(seen).map((key) => key.split(' ')[1] ?? ''))].filter((bound) => bound !== '+Inf').map(Number).sort((a, b) => a - b)
    if (bounds.length > 0) {
      evidence.chart({
        kind: 'histogram', title: 'Latency of the requests that this case sent', unit: 's', threshold: latencyBound,
        series: requests.map(({ environment }) => ({ name: environment, points: bounds.map((bound, index): [number, number] => [bound, gained(seen, environment, bounds, index)]) })),
      })
    }

    const noData = Object.keys(seen).length === 0
    if (noData) throw new IndeterminateError(`expected the ingress's latency histograms in Prometheus within ${budgets.signalArrival.milliseconds / 1000} s, but there is no series of ${series}`)
    expect(requests.flatMap(({ environment, count }) => {
      const found = seen[`${environment} +Inf`] ?? 0
      return found === count ? [] : [`expected the latency histogram of ${environment} to gain ${count} requests, but it gained ${found}${converged ? '' : ` within ${budgets.signalArrival.milliseconds / 1000} s`}`]
    })).toBeFaultless()
    expect(bounds.includes(latencyBound) ? [] : [`expected the latency histograms to have a bucket that ends at ${latencyBound} s, where the objective lies, but they end at ${bounds.join(', ')}`]).toBeFaultless()
  },
)

/** Buckets are cumulative; a drawing wants what each one holds. */
function gained(seen: Readonly<Record<string, number>>, environment: string, bounds: readonly number[], index: number): number {
  const upTo = (at: number): number => seen[`${environment} ${bounds[at] ?? ''}`] ?? 0
  return upTo(index) - (index === 0 ? 0 : upTo(index - 1))
}
