import { readFile, stat } from 'node:fs/promises'
import { AuthorizationV1Api, CoreV1Api, type KubeConfig } from '@kubernetes/client-node'
import { z } from 'zod'
import type { IntendedAccess } from '../../intent/access.ts'
import type { AccessProfile, EnvironmentName } from '../../intent/environments.ts'
import { budgets } from '../budgets.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { nameOfIssued, personOfRun } from '../issued.ts'
import { attempting, bounded, kubeConfigFrom, reading, refusalOf } from '../platform/kubernetes.ts'
import type { Platform } from '../platform/platform.ts'
import type { AccessAttempt } from '../verdict.ts'
import type { CommandLine, CommandResult } from './operator.ts'

const issuedSchema = z.object({ person: z.string(), environment: z.string(), profile: z.string(), expiresAt: z.iso.datetime(), kubeconfig: z.string() })
const claimsSchema = z.object({ exp: z.number(), iat: z.number(), aud: z.union([z.string(), z.array(z.string())]), sub: z.string(), iss: z.string() })

/** What the run gave itself through the shipped command line, as a person would get it. */
export interface Credentials {
  person: string
  environment: EnvironmentName
  profile: AccessProfile
  expiresAt: string
  config: KubeConfig
  /** Permission bits of the file, octal. */
  mode: string
  context: { namespace: string | undefined, server: string, authority: boolean, users: number, contexts: number }
  /** Of its token; never the token itself. */
  claims: z.infer<typeof claimsSchema>
}

export interface Issuer {
  commandLine: CommandLine
  run: { label: string, signal: AbortSignal, created: (object: string) => void }
  redactor: { add: (secret: { name: string, value: string }) => void }
}

export interface Wish { environment: EnvironmentName, profile: AccessProfile, purpose: string, hours?: number }

/** Has access issued to a person of the run's own. Rejects with IndeterminateError when the command refuses: what was not issued cannot be judged. */
export async function issue({ commandLine, run, redactor }: Issuer, { environment, profile, purpose, hours }: Wish): Promise<Credentials> {
  const person = `${personOfRun(run.label)}-${purpose}`
  run.created(nameOfIssued({ person, environment, profile }))
  const argv = ['access', 'issue', '--environment', environment, '--profile', profile, '--person', person, ...hours === undefined ? [] : ['--hours', String(hours)], '--json']
  const result = await commandLine({ argv, budget: budgets.accessCommand, signal: run.signal })
  if (result.exitCode !== 0) throw new IndeterminateError(`expected "plumbline ${argv.join(' ')}" to issue access, but it ended with ${result.exitCode}: ${lastLine(result)}`)
  const issued = issuedSchema.parse(JSON.parse(result.stdout))
  const text = await readFile(issued.kubeconfig, 'utf8')
  const config = kubeConfigFrom(text)
  const token = config.getCurrentUser()?.token ?? ''
  redactor.add({ name: `token of ${person}`, value: token })
  return {
    person, environment, profile, config, expiresAt: issued.expiresAt,
    mode: ((await stat(issued.kubeconfig)).mode & 0o777).toString(8),
    context: contextOf(config),
    claims: claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))),
  }
}

function contextOf(config: KubeConfig): Credentials['context'] {
  const cluster = config.getCurrentCluster()
  return {
    namespace: config.getContextObject(config.getCurrentContext())?.namespace, server: cluster?.server ?? '',
    authority: cluster?.caData !== undefined && !cluster.skipTLSVerify, users: config.users.length, contexts: config.contexts.length,
  }
}

/** Has a person's access revoked; resolves with what the command said. */
export async function revoke({ commandLine, run }: Pick<Issuer, 'commandLine' | 'run'>, { person }: Pick<Credentials, 'person'>): Promise<CommandResult> {
  return await commandLine({ argv: ['access', 'revoke', '--person', person, '--json'], budget: budgets.accessCommand, signal: run.signal })
}

const revokedSchema = z.array(z.object({ before: z.object({ status: z.number() }).optional(), refusals: z.array(z.object({ status: z.number() })) }))

/** The statuses that the command shows of the one access that it revoked: the control, then the refusals. */
export function statusesShown({ stdout }: Pick<CommandResult, 'stdout'>): number[] {
  return revokedSchema.parse(JSON.parse(stdout)).flatMap(({ before, refusals }) => [...before === undefined ? [] : [before.status], ...refusals.map(({ status }) => status)])
}

/** Lists the pods of an environment as whoever the credentials are of. */
export async function listPods(platform: Platform, { config, person, profile, environment }: Credentials, where: EnvironmentName): Promise<AccessAttempt> {
  const request = new CoreV1Api(bounded(config)).listNamespacedPod({ namespace: platform.namespaceOf(where), limit: 1 })
  return await attempting(`${person} (${profile} of ${environment}) list pods in ${where}`, request)
}

/** Status of listing pods: 200, 403, 401, or 0 without an answer. */
export async function statusOfListing(platform: Platform, { config, environment }: Pick<Credentials, 'config' | 'environment'>): Promise<{ status: number, message: string }> {
  try {
    await new CoreV1Api(bounded(config)).listNamespacedPod({ namespace: platform.namespaceOf(environment), limit: 1 })
    return { status: 200, message: 'OK' }
  }
  catch (error) {
    const { status, message } = refusalOf(error)
    return { status, message }
  }
}

/** What the authorizer answers the holder of the credentials about each row of the intent. */
export async function ownReviews(platform: Platform, { config }: Pick<Credentials, 'config'>, rows: readonly IntendedAccess[]): Promise<{ row: IntendedAccess, allowed: boolean }[]> {
  const api = new AuthorizationV1Api(bounded(config))
  return await Promise.all(rows.map(async (row) => {
    const resourceAttributes = { namespace: platform.namespaceOf(row.environment), verb: row.verb, group: row.group, resource: row.resource }
    const { status } = await reading(`ask about "${row.id}"`, api.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes } } }))
    return { row, allowed: status?.allowed === true }
  }))
}

/** The sentence that a command ended with. */
export function lastLine({ stdout, stderr }: Pick<CommandResult, 'stdout' | 'stderr'>): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('plumbline: '))
  return lines.at(-1)?.slice('plumbline: '.length) ?? stderr.trim().split('\n').at(-1) ?? ''
}
