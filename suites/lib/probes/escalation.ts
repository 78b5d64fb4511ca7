import type { AccessMatrix } from '../../../reports/model/access.ts'
import type { Ask, CatalogueGroup } from '../../intent/escalation.ts'
import { escalations } from '../../intent/escalations.ts'
import { shippedIdentities, type LiveAccount } from '../../intent/identities.ts'
import { identitiesNote, makeIdentities, removeIdentities, type AttemptIdentities, type AttemptsOffer } from '../attempts-offer.ts'
import { judgeReviews, keyOf, questionsOf, type Judged, type Opinion, type Seen } from '../escalation-judge.ts'
import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { callerOn, callsAtOnce } from '../platform/calls.ts'
import { missingFrom, servedBy } from '../platform/discovery.ts'
import type { Identity, Platform } from '../platform/platform.ts'
import { reviewer } from '../platform/reviews.ts'
import { pooled } from '../pool.ts'
import { offerShapes, type OfferWorld } from './admission-offers.ts'
import { makeAttempts, type Actor, type Tried } from './attempts-made.ts'
import { askCanaries, controlFrom, judgeCanaries, type CanaryAnswer } from './canaries.ts'
import { makeGuardedAttempts, offerSilentPods } from './guarded-attempts.ts'
import { doJobs, type JobDone } from './jobs-done.ts'

/** The whole catalogue, tried once: what the cases of this run judge. */
export interface EscalationPass {
  judged: readonly Judged[]
  tried: readonly Tried[]
  jobs: readonly JobDone[]
  /** Accounts of the live cluster. */
  accounts: readonly LiveAccount[]
  canaries: readonly CanaryAnswer[]
  /** How many access reviews were asked for, and how long each part took. */
  reviews: number
  seconds: Readonly<Record<'identities' | 'canaries' | 'attempts' | 'reviews' | 'removal', number>>
}

/** The pass as cases see it: the first that needs it makes it, the others share it, and its failure is theirs too. */
export interface Escalation {
  pass: () => Promise<EscalationPass>
  /** What is known about one group of the catalogue, as evidence and as sentences. */
  group: (group: CatalogueGroup) => Promise<{ matrix: AccessMatrix, faults: string[], doubts: string[] }>
}

export interface EscalationPlace {
  platform: Platform
  offer: AttemptsOffer | undefined
  identity: Identity
  redactor: { add: (secret: { name: string, value: string }) => void }
  run: RunRecord & { label: string }
}

export function escalationOn(place: EscalationPlace): Escalation {
  let made: Promise<EscalationPass> | undefined
  const pass = (): Promise<EscalationPass> => made ??= makePass(place)
  return {
    pass,
    group: async (group) => {
      const { judged, seconds } = await pass()
      const own = judged.filter(({ cell }) => cell.group === group)
      const rows = escalations.filter((row) => row.group === group).map(({ id, title, why }) => ({ id, title, why }))
      return {
        matrix: { rows, cells: own.map(({ cell }) => cell), seconds: Object.values(seconds).reduce((sum, one) => sum + one, 0) },
        faults: own.flatMap(({ fault }) => fault ?? []),
        doubts: [...own.flatMap(({ doubt }) => doubt ?? []), ...own.length === 0 ? [`expected attempts of group ${group}, but there is none`] : []],
      }
    },
  }
}

async function makePass(place: EscalationPlace): Promise<EscalationPass> {
  const { offer, redactor, run } = place
  const clock: Record<string, number> = {}
  const timed = async <T>(part: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    const result = await work()
    clock[part] = Math.round(performance.now() - started) / 1000
    run.took(`escalation ${part}`, clock[part])
    return result
  }
  run.created(identitiesNote)
  try {
    const made = await timed('identities', () => makeIdentities(offer, run.label))
    for (const [name, value] of Object.entries({ ...made.tokens, ...made.canaries })) redactor.add({ name: `token of ${name} for attempts`, value })
    const { call, review, served, missing } = await toolsOf(place)
    const world: OfferWorld = { call, served, missing, run: run.label, actors: actorsOf(made), canaryTokens: made.canaries, unguarded: made.namespace }
    const canaries = await timed('canaries', () => askCanaries({ review, missing, namespace: made.namespace }))
    const parts = await timed('attempts', async () => [await makeAttempts(world), await makeGuardedAttempts(world), await offerShapes(world)])
    const silent = await offerSilentPods(world)
    const jobs = await doJobs(world)
    const questions = questionsOf(escalations, shippedIdentities, missing)
    const opinions = await timed('reviews', async () => new Map(await pooled(questions, callsAtOnce, async (question): Promise<[string, Opinion]> => [keyOf(question), await review(asked(question, made))])))
    const seen: Seen = { missing, control: controlFrom(canaries), opinion: (question) => opinions.get(keyOf(question)) ?? { verdict: 'error', reason: 'it was not asked' } }
    const reviewed = escalations.flatMap((row) => shippedIdentities.flatMap((identity) => judgeReviews(row, identity, seen)))
    await timed('removal', () => removal(offer, run.label))
    return {
      judged: [...reviewed, ...judgeCanaries(canaries), ...parts.flatMap(({ judged }) => judged), ...silent], tried: parts.flatMap(({ tried }) => tried), jobs, canaries, accounts: made.accounts, reviews: questions.length,
      seconds: { identities: 0, canaries: 0, attempts: 0, reviews: 0, removal: 0, ...clock },
    }
  }
  finally {
    if (clock['removal'] === undefined) await removal(offer, run.label)
  }
}

/** Soon, since what is removed here is powerful; what is left is looked for again when the run ends. */
async function removal(offer: AttemptsOffer | undefined, label: string): Promise<void> {
  if (offer !== undefined) await removeIdentities(offer, label, [])
}

async function toolsOf({ platform, identity }: EscalationPlace) {
  if ('missing' in identity) throw new IndeterminateError(identity.missing)
  const call = callerOn(platform)
  const served = await servedBy(call, identity.token)
  return { call, served, review: reviewer(call, identity.token), missing: (ask: Ask) => missingFrom(served, ask) }
}

/** Of those of whom a token is to be had: an account that the cluster does not have makes no attempts, which `accounts` shows. */
function actorsOf({ tokens, people, namespace }: AttemptIdentities): Actor[] {
  return shippedIdentities.flatMap((identity): Actor[] => {
    const token = tokens[identity.name]
    if (token === undefined && identity.kind !== 'anonymous') return []
    return [{ identity, token, user: people[identity.name] ?? (identity.kind === 'nobody' ? `system:serviceaccount:${namespace}:nobody` : identity.user) }]
  })
}

/** People are asked about under the name of the account that they were issued, and in the group of their profile: whichever holds a right, it is seen. */
function asked({ identity, ask, namespace }: { identity: (typeof shippedIdentities)[number], ask: Ask, namespace: string | undefined }, { people }: AttemptIdentities): Parameters<ReturnType<typeof reviewer>>[0] {
  return { user: people[identity.name] ?? identity.user, groups: identity.groups, ask, namespace }
}
