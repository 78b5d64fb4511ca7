import { z } from 'zod'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import { readingIfPresent } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** One query of a panel, as Grafana would send it. */
export interface PanelQuery {
  expression: string
  /** How a series is called, with `{{label}}` for the value of a label; empty for its labels. */
  legend: string
}

export interface Panel {
  title: string
  /** Unit of the values in Grafana's words: percentunit, bytes, s, reqps … */
  unit: string
  queries: readonly PanelQuery[]
}

export interface Dashboard {
  /** Environment, or the name of what it is about. */
  name: string
  title: string
  refresh: string
  panels: readonly Panel[]
}

const targetSchema = z.object({ expr: z.string(), legendFormat: z.string().default(''), hide: z.boolean().default(false) })
const panelSchema = z.object({
  type: z.string(),
  title: z.string().default(''),
  targets: z.array(targetSchema).default([]),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().default('short') }).prefault({}) }).prefault({}),
})
// A collapsed row holds its panels itself.
const rowSchema = panelSchema.extend({ panels: z.array(panelSchema).default([]) })
const dashboardSchema = z.object({ title: z.string(), refresh: z.union([z.string(), z.literal(false)]).default(''), panels: z.array(rowSchema) })

/** What shows no data and so asks for none. */
const withoutData = new Set(['row', 'text', 'news', 'dashlist'])

/** Dashboards by what they are about. Rejects with IndeterminateError when one cannot be read; one that is not there is absent. */
export async function readDashboards({ cluster }: Platform, names: readonly string[]): Promise<Map<string, Dashboard>> {
  const read = await Promise.all(names.map(async (name): Promise<[string, Dashboard][]> => {
    const map = await readingIfPresent(`read the dashboard of ${name}`, cluster.core.readNamespacedConfigMap({ namespace: 'observability', name: `dashboard-${name}` }))
    if (map === undefined) return []
    const [file] = Object.entries(map.data ?? {}).filter(([key]) => key.endsWith('.json'))
    return [[name, parseDashboard(name, file?.[1] ?? '')]]
  }))
  return new Map(read.flat())
}

/** Reads a dashboard's JSON. Throws IndeterminateError when it is none: what cannot be read cannot be judged. */
export function parseDashboard(name: string, json: string): Dashboard {
  const parsed = dashboardSchema.safeParse(jsonOrNothing(json))
  if (!parsed.success) {
    throw new IndeterminateError(`expected the dashboard of ${name} to be a Grafana dashboard, but ${parsed.error.issues[0]?.path.join('.') || 'the whole'} is wrong (${parsed.error.issues[0]?.message ?? 'unknown'})`)
  }
  const { title, refresh, panels } = parsed.data
  return {
    name,
    title,
    refresh: refresh === false ? '' : refresh,
    panels: panels.flatMap((panel) => [panel, ...panel.panels]).filter(({ type }) => !withoutData.has(type)).map((panel) => ({
      title: panel.title,
      unit: panel.fieldConfig.defaults.unit,
      queries: panel.targets.filter(({ hide }) => !hide).map(({ expr, legendFormat }) => ({ expression: interpolated(expr), legend: legendFormat })),
    })),
  }
}

/** The variables that Grafana fills in by itself, as it would for one hour in steps of 15 s. */
const builtIn: Readonly<Record<string, string>> = { __interval: '15s', __rate_interval: '1m', __range: '1h' }

function interpolated(expression: string): string {
  return expression.replace(/\$\{?(__\w+)\}?/g, (whole, name: string) => builtIn[name] ?? whole)
}
