import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import type { EnvironmentName } from '../intent/environments.ts'
import { budgets, type Budget } from './budgets.ts'
import { deadline } from './converge.ts'
import { besideEmptyAccount, type EmptyAccount } from './empty-account.ts'
import { IndeterminateError, sentenceOf } from './indeterminate.ts'
import { jsonOrNothing } from './json.ts'
import { runCommand, type CommandOrder, type CommandOutcome } from './probes/command.ts'

/** What a run is handed to rehearse with; what its target cannot offer is absent. None of it is an identity of the platform. */
export interface RehearsalOffer {
  /** The command line as it is shipped, for the target of this run. */
  commandLine?: { program: string, args: readonly string[], target: string, platformFile: string, environment?: Readonly<Record<string, string>> }
  /** Where faults of the Linode API can be asked for. */
  faults?: { url: string, token: string }
  /** Terraform with the environment of the pipeline, for roots and states of the rehearsal's own. */
  terraform?: { program: string, environment: Readonly<Record<string, string>> }
  /** What serves a second Linode account, on which there is nothing, below the folder that is its last argument, until its standard input ends. */
  emptyAccount?: { program: string, args: readonly string[] }
}

/** A pool as the platform file has it. */
export interface FilePool { purpose: string, type: string, count: number }

/** One run of a command, as evidence. */
export interface Rehearsed { args: string, exitCode: number | null, endedBy: string | null, seconds: number, message: string }

/** A fault of the Linode API: of which kind, and which requests it meets. */
export type Fault = RequestFault | { kind: 'no-boot' }
interface RequestFault {
  kind: 'quota' | 'capacity' | 'unavailable' | 'too-many-requests' | 'slow-answer'
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path?: string
  after?: number
  count?: number
  /** With `quota`: of machines, unless said. */
  limit?: 'vcpus' | 'account'
  /** Seconds, as the answer says them. */
  retryAfter?: number
  /** With `slow-answer`: how late. */
  seconds?: number
  /** With `unavailable`: the API says that it is in maintenance, on which clients give up. */
  maintenance?: boolean
}

export interface Rehearsals {
  /** `plumbline provision`, as an operator of this machine would run it. */
  provision: (options?: { platformFile?: string, send?: CommandOrder['send'], nodesWithin?: number, signal?: AbortSignal, budget?: Budget }) => Promise<CommandOutcome>
  /** Gives `work` the path of a copy of the platform file with further pools; it is gone afterwards. */
  withPools: <T>(pools: (usual: FilePool) => readonly FilePool[], work: (platformFile: string) => Promise<T>) => Promise<T>
  /** The same with another threshold for the autoscalers of an environment, percent of the requested CPU: a change of its releases alone, and of no segmentation. */
  withThreshold: <T>(threshold: { environment: EnvironmentName, targetCpuPercent: number }, work: (platformFile: string) => Promise<T>) => Promise<T>
  /** Does `work` while the Linode API has a fault; the fault is gone afterwards, whatever happened. Resolves also with how often it struck. */
  whileFaulty: <T>(fault: Fault, work: () => Promise<T>) => Promise<{ result: T, struck: number }>
  /** Terraform for roots of the rehearsal's own. */
  terraform: () => NonNullable<RehearsalOffer['terraform']>
  /** Does `work` beside a second account on which there is nothing; the account is gone afterwards, whatever happened. */
  onEmptyAccount: <T>(work: (account: Pick<Rehearsals, 'provision' | 'whileFaulty'> & Pick<EmptyAccount, 'standing'>) => Promise<T>) => Promise<T>
}

const fileSchema = z.looseObject({
  pools: z.array(z.object({ purpose: z.string(), type: z.string(), count: z.number() })).min(1),
  environments: z.record(z.string(), z.looseObject({ hpa: z.looseObject({ targetCpuPercent: z.number() }) })),
})
type PlatformFile = z.infer<typeof fileSchema>
const faultSchema = z.looseObject({ id: z.int(), struck: z.int() })

/** Ways to rehearse. Each rejects with IndeterminateError when the target of the run does not offer it. */
export function rehearsalsFrom(offer: RehearsalOffer, signal: AbortSignal): Rehearsals {
  const commandLine = () => offered(offer.commandLine, 'the shipped command line')
  const withFile = async <T>(edit: (usual: PlatformFile) => PlatformFile, work: (platformFile: string) => Promise<T>): Promise<T> => {
    const file = fileSchema.parse(parse(await readFile(commandLine().platformFile, 'utf8')))
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-rehearsal-'))
    try {
      const path = join(folder, 'platform.yaml')
      // Without anchors: what one environment is given is its own.
      await writeFile(path, stringify(edit(file), { aliasDuplicateObjects: false }))
      return await work(path)
    }
    finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return {
    provision: async ({ platformFile, send, nodesWithin, signal: own = signal, budget = budgets.pipelineRun } = {}) => {
      const { program, args, target, environment = {} } = commandLine()
      return await runCommand({
        program, args: [...args, 'provision', '--json', '--target', target, ...platformFile === undefined ? [] : ['--platform', platformFile], ...nodesWithin === undefined ? [] : ['--nodes-within', String(nodesWithin)]],
        environment, budget, signal: own, ...send === undefined ? {} : { send },
      })
    },
    withPools: async (pools, work) => await withFile((file) => {
      const [usual] = file.pools
      if (usual === undefined) throw new IndeterminateError('expected the platform file to name a pool, but it names none')
      return { ...file, pools: [...file.pools, ...pools(usual)] }
    }, work),
    withThreshold: async ({ environment, targetCpuPercent }, work) => await withFile((file) => {
      const usual = file.environments[environment]
      if (usual === undefined) throw new IndeterminateError(`expected the platform file to describe ${environment}, but it does not`)
      return { ...file, environments: { ...file.environments, [environment]: { ...usual, hpa: { ...usual.hpa, targetCpuPercent } } } }
    }, work),
    whileFaulty: async (fault, work) => {
      const admin = offered(offer.faults, 'faults of the Linode API on request; only a sandbox does')
      const { id } = faultSchema.parse(await ask(admin, 'POST', '', fault))
      let struck = 0
      try {
        return { result: await work(), get struck() { return struck } }
      }
      finally {
        struck = faultSchema.parse(await ask(admin, 'GET', `/${id}`)).struck
        await ask(admin, 'DELETE', `/${id}`)
      }
    },
    terraform: () => offered(offer.terraform, 'Terraform for a root of the rehearsal\'s own'),
    onEmptyAccount: async (work) => await besideEmptyAccount({ serve: offered(offer.emptyAccount, 'a second account on which there is nothing; only a sandbox does'), commandLine: commandLine(), signal }, async ({ offer: own, standing }) => await work({ ...rehearsalsFrom(own, signal), standing })),
  }
}

function offered<T>(what: T | undefined, name: string): T {
  if (what === undefined) throw new IndeterminateError(`expected the target of this run to offer ${name}, but it does not`)
  return what
}

/** Not bound to the run's signal: a fault that was injected is lifted also when the run is cancelled. */
async function ask({ url, token }: NonNullable<RehearsalOffer['faults']>, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const address = `${url.replace(/\/$/, '')}/faults${path}`
  const answer = await fetch(address, {
    method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, signal: deadline(budgets.linodeRequest),
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  }).catch((error: unknown) => {
    throw new IndeterminateError(`expected to ask for faults at ${address}, but there was no answer (${sentenceOf(error)})`)
  })
  if (!answer.ok) throw new IndeterminateError(`expected to ask for faults at ${address}, but the answer was ${answer.status}`)
  return await answer.json()
}

/** What a run of a command said and how it ended, short enough for evidence. */
export function rehearsed(args: string, { exitCode, endedBy, seconds, stdout, stderr }: CommandOutcome): Rehearsed {
  return { args, exitCode, endedBy, seconds: Math.round(seconds * 10) / 10, message: messageOf({ stdout, stderr }) }
}

const failureSchema = z.object({ error: z.object({ message: z.string() }) })

/** The message of a command that failed, as `--json` gives it; the end of what it said to people when there is none. */
export function messageOf({ stdout, stderr }: Pick<CommandOutcome, 'stdout' | 'stderr'>): string {
  const parsed = failureSchema.safeParse(jsonOrNothing(stdout))
  return parsed.success ? parsed.data.error.message : stderr.trim().split('\n').slice(-3).join('\n')
}
