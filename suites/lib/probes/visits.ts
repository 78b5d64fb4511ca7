import { z } from 'zod'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { canary, hostOf } from '../../intent/hosts.ts'
import { jsonOrNothing } from '../json.ts'
import { readIngress } from '../platform/ingress.ts'
import { clientIn, type ClientWorld } from './https-client.ts'
import { callFrom } from './https.ts'

/** A row that the sample service has written and read back: which pod, how often it did so, and as which login. */
const rowSchema = z.object({ pod: z.string(), visits: z.number(), user: z.string() })

/** One request through the ingress at a service that writes into its data store; `row` is absent when that did not work. */
export interface Visit { environment: EnvironmentName, detail: string, row?: z.infer<typeof rowSchema> }

/** Lets the sample service of each environment write and read a row in its data store, all at once. Rejects with IndeterminateError when nobody could ask. */
export async function visitStores(world: ClientWorld, environments: readonly EnvironmentName[] = environmentNames): Promise<Visit[]> {
  const [ingress, client] = await Promise.all([readIngress(world.platform), clientIn(world, 'outside')])
  const results = await callFrom(world.platform, client, ingress, environments.map((environment) => ({ id: environment, url: `https://${hostOf(canary, environment, ingress.domain)}/store` })))
  return environments.map((environment, index) => visitOf(environment, results[index]))
}

interface Answer { url: string, outcome: string, status?: number | undefined, body?: string | undefined, error?: string | undefined }

/** A visit counts when the service answered 200 with its row; whatever else it is, `detail` says it. */
export function visitOf(environment: EnvironmentName, answer: Answer | undefined): Visit {
  if (answer === undefined) return { environment, detail: 'nobody asked' }
  const { url, outcome, status, body = '', error = '' } = answer
  const detail = `${url} ended with ${outcome} ${String(status ?? error)} ${status === 200 ? '' : body.slice(0, 200)}`.trim()
  const row = status === 200 ? rowSchema.safeParse(jsonOrNothing(body)) : undefined
  return row?.success === true ? { environment, detail, row: row.data } : { environment, detail }
}

/** One sentence for each environment whose service does not find its data store as it was: the same login, and no row lost. */
export function lostVisits(before: readonly Visit[], after: readonly Visit[]): string[] {
  return after.flatMap(({ environment, detail, row }) => {
    const was = before.find((one) => one.environment === environment)?.row
    if (row === undefined) return [`expected the service of ${environment} to work with its data store again, but ${detail}`]
    if (was === undefined) return []
    const rows = row.pod === was.pod && row.visits <= was.visits ? [`expected the rows of ${environment} to be there again, but ${row.pod} has ${String(row.visits)} visits after ${String(was.visits)}`] : []
    return row.user === was.user ? rows : [`expected the service of ${environment} to work as ${was.user} again, but it does as ${row.user}`, ...rows]
  })
}
