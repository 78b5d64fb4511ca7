import { objectives } from '../../intent/objectives.ts'
import type { ProbeCounts } from '../availability.ts'
import type { Prometheus, Sample, Series } from './prometheus.ts'

/** What the probes of one service, for one environment and from one side, have seen. */
export interface ProbeRecord {
  service: string
  environment: string
  vantage: string
  counts: ProbeCounts
  /** From the first probe to the time of reading. */
  windowSeconds: number
}

export interface ProbeHistory {
  records: ProbeRecord[]
  /** What the recording rule says about the same: share of one, by `service environment`. */
  recorded: ReadonlyMap<string, number>
  /** Vantages whose prober has a heartbeat now. */
  alive: string[]
}

/** A rule is evaluated every 15 s and may be late under load: what is older than this is complete. Milliseconds. */
const settled = 20_000
/** Step of the first look for where the probes begin, seconds: the month in fewer points than Prometheus gives at once. */
const coarse = 300

/**
 * Counts the probes of the last month from the samples themselves, apart from the rule that averages them. A time without a sample of
 * `slo:up` is unknown: that series is not there when its prober has no heartbeat, nor when Prometheus itself was away.
 */
export async function readProbes(prometheus: Prometheus, now = Date.now()): Promise<ProbeHistory> {
  const at = new Date(now - settled)
  const month = `${objectives.availabilityMonth}s`
  const [samples, up, recorded, heartbeats] = await Promise.all([
    prometheus.query(`count_over_time(slo:up[${month}])`, at),
    prometheus.query(`sum_over_time(slo:up[${month}])`, at),
    prometheus.query('slo:availability:ratio', at),
    prometheus.query('slo:prober_up'),
  ])
  const first = await firstSamples(prometheus, at)
  const ups = new Map(up.map((one) => [keyOf(one), one.value]))
  return {
    records: samples.flatMap((one): ProbeRecord[] => {
      const began = first.get(keyOf(one))
      return began === undefined ? [] : [recordOf(one, ups.get(keyOf(one)) ?? 0, at.getTime() / 1000 - began)]
    }),
    recorded: new Map(recorded.map(({ labels, value }) => [`${labels['service'] ?? ''} ${labels['environment'] ?? ''}`, value])),
    alive: heartbeats.filter(({ value }) => value === 1).flatMap(({ labels }) => labels['vantage'] ?? []),
  }
}

function recordOf({ labels, value: samples }: Sample, up: number, windowSeconds: number): ProbeRecord {
  const { service = '', environment = '', vantage = '' } = labels
  const slots = Math.floor(windowSeconds / objectives.probeInterval) + 1
  return { service, environment, vantage, windowSeconds, counts: { up, down: samples - up, unknown: Math.max(0, slots - samples) } }
}

/** When each series has its first sample, seconds since 1970: found roughly, then exactly. */
async function firstSamples(prometheus: Prometheus, at: Date): Promise<Map<string, number>> {
  const from = new Date(at.getTime() - objectives.availabilityMonth * 1000)
  const rough = await prometheus.range('slo:up', { from, to: at, stepSeconds: coarse })
  const now = await prometheus.stored(`slo:up[${coarse}s]`, at)
  const ends = [...new Set([...rough, ...now].flatMap(({ points }) => points[0]?.[0] ?? []))]
  const found = new Map<string, number>()
  // A young platform's series may begin after the last coarse step, and so be in the second list alone.
  for (const series of [...now, ...(await Promise.all(ends.map((end) => prometheus.stored(`slo:up[${coarse}s]`, new Date(end * 1000))))).flat()]) {
    const [began] = series.points[0] ?? []
    const known = found.get(keyOf(series))
    if (began !== undefined && (known === undefined || began < known)) found.set(keyOf(series), began)
  }
  return found
}

function keyOf({ labels }: Sample | Series): string {
  return [labels['service'], labels['environment'], labels['vantage']].join(' ')
}

/** The worse of the two sides by the samples, share of one, by `service environment`: what the recording rule must come to as well. */
export function leastSeen(records: readonly ProbeRecord[]): Map<string, { ratio: number, samples: number }> {
  const least = new Map<string, { ratio: number, samples: number }>()
  for (const { service, environment, counts } of records) {
    const samples = counts.up + counts.down
    const one = { ratio: samples === 0 ? 0 : counts.up / samples, samples }
    const known = least.get(`${service} ${environment}`)
    least.set(`${service} ${environment}`, known === undefined ? one : { ratio: Math.min(known.ratio, one.ratio), samples: Math.min(known.samples, samples) })
  }
  return least
}

/** The recorded availability and the counted one may differ by the one probe that came between the two looks. */
export function disagreements({ records, recorded }: Pick<ProbeHistory, 'records' | 'recorded'>): string[] {
  return [...leastSeen(records)].flatMap(([key, { ratio, samples }]) => {
    const said = recorded.get(key)
    if (said === undefined || Math.abs(said - ratio) <= 2 / Math.max(samples, 1)) return []
    return [`expected the recorded availability of ${key} to be what its ${samples} probes come to, ${(ratio * 100).toFixed(3)} %, but the rule says ${(said * 100).toFixed(3)} %`]
  })
}
