import { parse } from 'yaml'
import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from './platform.ts'
import { serviceProxy } from './services.ts'

export const alertmanagerPlace = { namespace: 'observability', name: 'alertmanager', port: 9093 } as const

/** An alert as Alertmanager holds it. */
export interface ActiveAlert {
  name: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  startsAt: string
  receivers: readonly string[]
}

/** A route of Alertmanager's configuration, with what it inherits left out. */
export interface Route {
  receiver?: string | undefined
  matchers: readonly string[]
  continue: boolean
  routes: readonly Route[]
}

/** What Alertmanager runs with; what it hides as secret stays hidden. */
export interface AlertRouting {
  route: Route
  /** How many destinations each receiver has, by kind of destination: none is a receiver that tells nobody. */
  receivers: readonly { name: string, destinations: Readonly<Record<string, number>> }[]
}

export interface Alerts {
  /** Alerts that are active now, neither silenced nor inhibited. */
  active: () => Promise<ActiveAlert[]>
  /** The routes and receivers that it runs with. */
  routing: () => Promise<AlertRouting>
}

const alertsSchema = z.array(z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  startsAt: z.string(),
  receivers: z.array(z.object({ name: z.string() })),
}))
const statusSchema = z.object({ config: z.object({ original: z.string() }) })
const routeSchema: z.ZodType<Route> = z.lazy(() => z.object({
  receiver: z.string().optional(),
  matchers: z.array(z.string()).default([]),
  // The old way to write matchers, which nobody here reads: a route that uses it must not pass for one that takes everything.
  match: z.undefined().optional(),
  match_re: z.undefined().optional(),
  continue: z.boolean().default(false),
  routes: z.array(routeSchema).default([]),
}))
const configurationSchema = z.object({
  route: routeSchema,
  receivers: z.array(z.looseObject({ name: z.string() })),
})

/** The platform's Alertmanager. Every method rejects with IndeterminateError when it does not answer, or not with what its API promises. */
export function alertsOn(platform: Pick<Platform, 'cluster'>): Alerts {
  const service = serviceProxy(platform, alertmanagerPlace)
  return {
    active: async () => {
      const answer = await service.get('/api/v2/alerts', { active: 'true', silenced: 'false', inhibited: 'false', unprocessed: 'true' })
      return shaped(alertsSchema, answer, 'its alerts').map(({ labels, annotations, startsAt, receivers }) =>
        ({ name: labels['alertname'] ?? '', labels, annotations, startsAt, receivers: receivers.map(({ name }) => name) }))
    },
    routing: async () => {
      const { config } = shaped(statusSchema, await service.get('/api/v2/status'), 'its status')
      const { route, receivers } = shaped(configurationSchema, yamlOrNothing(config.original), 'its configuration')
      return { route, receivers: receivers.map(({ name, ...rest }) => ({ name, destinations: destinationsIn(rest) })) }
    },
  }
}

function destinationsIn(receiver: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(Object.entries(receiver).flatMap(([kind, list]) => kind.endsWith('_configs') && Array.isArray(list) ? [[kind, list.length]] : []))
}

function shaped<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new IndeterminateError(`expected Alertmanager to answer with ${what}, but the answer has another shape (${parsed.error.issues[0]?.message ?? 'unknown'})`)
  return parsed.data
}

function yamlOrNothing(text: string): unknown {
  try {
    return parse(text)
  }
  catch {
    return undefined
  }
}
