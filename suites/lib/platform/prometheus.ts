import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from './platform.ts'
import { serviceProxy } from './services.ts'

export const prometheusPlace = { namespace: 'observability', name: 'prometheus', port: 9090 } as const

/** One value of one series. `at` in seconds since 1970; a value that is not a number is NaN. */
export interface Sample {
  labels: Readonly<Record<string, string>>
  value: number
  at: number
}

/** One series over a time. Points are [seconds since 1970, value]. */
export interface Series {
  labels: Readonly<Record<string, string>>
  points: readonly (readonly [number, number])[]
}

export interface Window {
  from: Date
  to: Date
  stepSeconds: number
}

const targetSchema = z.object({
  labels: z.record(z.string(), z.string()),
  scrapePool: z.string().default(''),
  scrapeUrl: z.string().default(''),
  health: z.string(),
  lastError: z.string().default(''),
  lastScrape: z.string().default(''),
})
export type Target = z.infer<typeof targetSchema>

const ruleSchema = z.object({
  type: z.enum(['alerting', 'recording']),
  name: z.string(),
  query: z.string(),
  health: z.string(),
  lastError: z.string().default(''),
  /** Seconds that the condition must hold; alerts only. */
  duration: z.number().default(0),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
  state: z.string().default(''),
})
export type Rule = z.infer<typeof ruleSchema> & { group: string }

export interface Prometheus {
  /** The samples of an instant query, now or at a time; none is an answer here, and it is for the case to say that one must be there (`sampled`). */
  query: (promql: string, at?: Date) => Promise<Sample[]>
  /** Like `query`, but rejects with IndeterminateError when there is no sample that is a number: no data proves nothing. `what` completes "expected …". */
  sampled: (promql: string, what: string) => Promise<Sample[]>
  range: (promql: string, window: Window) => Promise<Series[]>
  /** The samples themselves, as they were stored: `selector` ends in a duration, such as `up[5m]`. */
  stored: (selector: string, at: Date) => Promise<Series[]>
  targets: () => Promise<Target[]>
  rules: () => Promise<Rule[]>
}

const answerSchema = z.object({ status: z.literal('success'), data: z.unknown() })
const valueSchema = z.tuple([z.number(), z.string()])
const labelsSchema = z.record(z.string(), z.string())
const vectorSchema = z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labelsSchema, value: valueSchema })) })
const scalarSchema = z.object({ resultType: z.literal('scalar'), result: valueSchema })
const matrixSchema = z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ metric: labelsSchema, values: z.array(valueSchema) })) })
const targetsSchema = z.object({ activeTargets: z.array(targetSchema) })
const groupsSchema = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(ruleSchema) })) })

/** The platform's Prometheus. Every method rejects with IndeterminateError when it does not answer, or not with what its API promises. */
export function prometheusOn(platform: Pick<Platform, 'cluster'>): Prometheus {
  const service = serviceProxy(platform, prometheusPlace)
  const ask = async <T>(path: string, schema: z.ZodType<T>, query?: Record<string, string>): Promise<T> => {
    const answer = answerSchema.safeParse(await service.get(`/api/v1/${path}`, query))
    const data = answer.success ? schema.safeParse(answer.data.data) : answer
    if (!answer.success || !data.success) {
      throw new IndeterminateError(`expected Prometheus to answer ${path}${query?.['query'] === undefined ? '' : ` ${query['query']}`} with data, but the answer has another shape (${data.error?.issues[0]?.message ?? 'none'})`)
    }
    return data.data
  }
  const query = async (promql: string, at?: Date): Promise<Sample[]> => {
    const data = await ask('query', z.union([vectorSchema, scalarSchema]), { query: promql, ...(at === undefined ? {} : { time: seconds(at) }) })
    if (data.resultType === 'scalar') return [sampleOf({}, data.result)]
    return data.result.map(({ metric, value }) => sampleOf(metric, value))
  }
  return {
    query,
    sampled: async (promql, what) => {
      const samples = (await query(promql)).filter(({ value }) => !Number.isNaN(value))
      if (samples.length === 0) throw new IndeterminateError(`expected ${what}, but Prometheus has no sample of ${promql}`)
      return samples
    },
    stored: async (selector, at) => seriesOf(await ask('query', matrixSchema, { query: selector, time: seconds(at) })),
    range: async (promql, { from, to, stepSeconds }) => {
      return seriesOf(await ask('query_range', matrixSchema, { query: promql, start: seconds(from), end: seconds(to), step: String(stepSeconds) }))
    },
    targets: async () => (await ask('targets', targetsSchema, { state: 'active' })).activeTargets,
    rules: async () => (await ask('rules', groupsSchema)).groups.flatMap(({ name, rules }) => rules.map((rule) => ({ ...rule, group: name }))),
  }
}

function seriesOf({ result }: z.infer<typeof matrixSchema>): Series[] {
  return result.map(({ metric, values }) => ({ labels: metric, points: values.map(([at, value]) => [at, numberOf(value)] as const) }))
}

function sampleOf(labels: Record<string, string>, [at, value]: readonly [number, string]): Sample {
  return { labels, at, value: numberOf(value) }
}

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity
  return text === '-Inf' ? -Infinity : Number(text)
}

function seconds(at: Date): string {
  return (at.getTime() / 1000).toFixed(3)
}
