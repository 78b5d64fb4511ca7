import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { madeCollections } from '../intent/first-run.ts'
import { budgets } from './budgets.ts'
import { converge } from './converge.ts'
import { IndeterminateError, sentenceOf } from './indeterminate.ts'
import { jsonOrNothing } from './json.ts'
import { asked } from './platform/foundation.ts'
import { runCommand, startCommand } from './probes/command.ts'
import type { RehearsalOffer } from './rehearsals.ts'

/** A Linode account on which there was nothing. */
export interface EmptyAccount {
  /** What may be rehearsed with there. */
  offer: RehearsalOffer
  /** What is on it beside buckets, and what the Terraform state holds beside buckets, as names. Rejects with IndeterminateError when a part cannot be seen. */
  standing: () => Promise<string[]>
}

/** What serves the account, the command line that works on it, and when to stop. */
interface Beside {
  serve: NonNullable<RehearsalOffer['emptyAccount']>
  commandLine: NonNullable<RehearsalOffer['commandLine']>
  signal: AbortSignal
}

const accountSchema = z.object({ cache: z.string(), linode: z.object({ url: z.string(), token: z.string() }), faults: z.object({ url: z.string(), token: z.string() }) })
const pageSchema = z.object({ data: z.array(z.looseObject({ id: z.union([z.int(), z.string()]) })), pages: z.int() })
const versionsSchema = z.array(z.object({ newest: z.boolean(), state: z.object({ resources: z.int() }).optional(), damaged: z.string().optional() }))

/** Does `work` beside an account that is there for it alone. */
export async function besideEmptyAccount<T>({ serve, commandLine, signal }: Beside, work: (account: EmptyAccount) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'account-'))
  const server = startCommand({ ...serve, args: [...serve.args, folder], budget: budgets.drillAtMost, signal })
  try {
    const { cache, linode, faults } = await answering(folder, server.outcome)
    const own = { ...commandLine, environment: { PLUMBLINE_CACHE: cache } }
    return await work({ offer: { commandLine: own, faults }, standing: async () => [...await onAccount(linode), ...await inState(own, signal)] })
  }
  finally {
    server.answer('')
    await server.outcome.catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  }
}

async function answering(folder: string, outcome: Promise<{ stderr: string }>): Promise<z.infer<typeof accountSchema>> {
  const file = join(folder, 'account.json')
  const ended = { said: undefined as string | undefined }
  void outcome.then(({ stderr }) => { ended.said = stderr }, (error: unknown) => { ended.said = sentenceOf(error) })
  await converge(async () => await Promise.resolve(existsSync(file)), budgets.accountServed, { consecutive: 1, until: (there) => there || ended.said !== undefined })
  const parsed = accountSchema.safeParse(jsonOrNothing(await readFile(file, 'utf8').catch(() => '')))
  if (!parsed.success) throw new IndeterminateError(`expected an account on which there is nothing to be served, but it is not: ${ended.said?.trim().split('\n').slice(-3).join(' ') ?? `within ${budgets.accountServed.milliseconds / 1000} s nothing was said`}`)
  return parsed.data
}

async function onAccount(linode: z.infer<typeof accountSchema>['linode']): Promise<string[]> {
  const found = await Promise.all(madeCollections.map(async (path) => (await asked(linode, path, pageSchema)).data.map(({ id }) => `${path}/${id}`)))
  return found.flat()
}

/** No newest version, as before the first run, is an empty state; a version that is none is not. */
async function inState({ program, args, target, environment }: Beside['commandLine'], signal: AbortSignal): Promise<string[]> {
  const { exitCode, stdout, stderr } = await runCommand({ program, args: [...args, 'state', 'versions', '--json', '--target', target], budget: budgets.pipelineRun, signal, ...environment === undefined ? {} : { environment } })
  const parsed = versionsSchema.safeParse(jsonOrNothing(stdout))
  if (exitCode !== 0 || !parsed.success) throw new IndeterminateError(`expected the command line to list the versions of the state, but it ended with ${String(exitCode)}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  const newest = parsed.data.find((version) => version.newest)
  if (newest === undefined || newest.state?.resources === 0) return []
  return [newest.state === undefined ? `a state that is damaged: ${newest.damaged ?? ''}` : `${newest.state.resources} resources in the state`]
}
