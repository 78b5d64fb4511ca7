import { z } from 'zod'
import { accessProfiles, environmentNames } from '../intent/environments.ts'
import { canaries } from '../intent/escalations.ts'
import { budgets } from './budgets.ts'
import { converge } from './converge.ts'
import type { Footprint } from './footprint.ts'
import { IndeterminateError, sentenceOf } from './indeterminate.ts'
import { runCommand } from './probes/command.ts'

/** The operator's program that makes identities for attempts and takes them away again; the last two arguments are what to do and the run's label. */
export interface AttemptsOffer { program: string, args: readonly string[] }

const identitiesSchema = z.object({
  /** The namespace of the canaries. No guardrail and no Pod Security level reaches it. */
  namespace: z.string(),
  accounts: z.array(z.object({ namespace: z.string(), name: z.string(), person: z.string().optional(), automounted: z.boolean() })),
  /** By name of the identity. */
  tokens: z.record(z.string(), z.string()),
  /** User names of people, by name of the identity. */
  people: z.record(z.string(), z.string()),
  /** Tokens by account of the canary. */
  canaries: z.record(z.string(), z.string()),
})
export type AttemptIdentities = z.infer<typeof identitiesSchema>

function offered(offer: AttemptsOffer | undefined): AttemptsOffer {
  if (offer === undefined) throw new IndeterminateError('expected to be told how identities for attempts are made, but the run was not; run the suites with "plumbline conform"')
  return offer
}

async function ask(offer: AttemptsOffer, verb: 'make' | 'list' | 'remove', run: string): Promise<unknown> {
  const { exitCode, stdout, stderr } = await runCommand({ program: offer.program, args: [...offer.args, verb, run], budget: budgets.attemptIdentities, signal: new AbortController().signal })
  if (exitCode !== 0) throw new IndeterminateError(`expected the operator to ${verb} the identities of the run, but the program ended with ${exitCode ?? 'a signal'}: ${lastLineOf(stderr)}`)
  return JSON.parse(stdout)
}

function lastLineOf(text: string): string {
  return text.split('\n').find((line) => /^\w*Error|^Expected/.test(line.trim()))?.trim() ?? text.trim().split('\n').at(-1) ?? ''
}

/** Has the identities made; they are there until `removeIdentities`. Rejects with IndeterminateError when they cannot be. */
export async function makeIdentities(offer: AttemptsOffer | undefined, run: string): Promise<AttemptIdentities> {
  return identitiesSchema.parse(await ask(offered(offer), 'make', run))
}

const note = 'Identities for attempts: '

/** How a run notes that it has identities made, before it does. */
export const identitiesNote = `${note}${new Set(canaries.map(({ account }) => account)).size} canaries (a ClusterRole and its binding each), a namespace with the accounts of some, access of ${environmentNames.length * accessProfiles.length} people`

export function isIdentities(name: string): boolean {
  return name.startsWith(note)
}

async function listed(offer: AttemptsOffer, run: string): Promise<string[]> {
  return z.array(z.string()).parse(await untilAnswered(() => ask(offer, 'list', run)))
}

/** Clearing away is tried again while there is time: an API server that is busy with the end of a run lets some requests wait too long. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  const look = (): Promise<{ answer: T } | { failure: unknown }> => work().then((answer) => ({ answer }), (failure: unknown) => ({ failure }))
  const { value } = await converge(look, budgets.attemptIdentities, { consecutive: 1, every: 2000, until: (seen) => 'answer' in seen })
  if ('answer' in value) return value.answer
  throw value.failure
}

/** Has them taken away, whoever made them. Never rejects; what cannot be looked at is unverified. */
export async function removeIdentities(given: AttemptsOffer | undefined, run: string, noted: readonly string[]): Promise<Footprint> {
  try {
    const offer = offered(given)
    const created = await listed(offer, run)
    if (created.length === 0) return { created: [...noted], removed: [...noted], leftovers: [], unverified: [] }
    await untilAnswered(() => ask(offer, 'remove', run))
    // A namespace that is on its way out is waited for by who removes what the run made.
    const left = (await listed(offer, run)).filter((name) => !name.startsWith('Namespace '))
    return { created: [...noted, ...created], removed: [...noted, ...created.filter((name) => !left.includes(name))], leftovers: left, unverified: [] }
  }
  catch (error) {
    return { created: [...noted], removed: [], leftovers: [], unverified: noted.map((name) => `${name} (not known to be gone: ${sentenceOf(error)})`) }
  }
}
