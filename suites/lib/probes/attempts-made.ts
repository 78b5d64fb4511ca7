import type { AttemptVerdict } from '../../../reports/model/access.ts'
import type { Row } from '../../intent/escalation.ts'
import { canaries, escalations } from '../../intent/escalations.ts'
import type { ShippedIdentity } from '../../intent/identities.ts'
import { cellOf, type Judged, type Seen } from '../escalation-judge.ts'
import type { Caller, CallAnswer } from '../platform/calls.ts'
import { callsAtOnce } from '../platform/calls.ts'
import type { Served } from '../platform/discovery.ts'
import { pooled } from '../pool.ts'
import { attemptOf, type AttemptCall, type Recorded } from './attempt-calls.ts'
import { runLabels } from './manifests.ts'

/** An attempt that was made with the token of whoever made it, for the audit records to show. */
export interface Tried {
  mark: string
  /** As the API server knows them. */
  user: string
  what: string
  recorded: Recorded
  status: number
}

/** Who can make attempts. `user` is how the API server knows them, `token` is undefined for who has none. */
export interface Actor { identity: ShippedIdentity, user: string, token: string | undefined }

export interface AttemptWorld {
  call: Caller
  served: Served
  missing: Seen['missing']
  run: string
  actors: readonly Actor[]
  /** Tokens by account of the canary. */
  canaryTokens: Readonly<Record<string, string>>
}

/**
 * How many rows each identity tries for itself, beside the reviews of all of them: every refusal is an alert, and some forty identities with
 * some sixty rows each would keep the platform channel busy for nothing. They take turns, so that every row is tried by several.
 */
export const attemptsEach = 8

/** Where what belongs to a namespace is tried: nobody of the platform has business there. */
const place = 'kube-system'

/** A row that is tried, and what its canary was answered. */
interface Executable { row: Row, answer: CallAnswer }

/** 404 is what who is let through finds, since what is asked for by name does not exist. */
function letThrough({ status }: Pick<CallAnswer, 'status'>): boolean {
  return (status >= 200 && status < 300) || status === 404
}

/** Every row that can be tried is tried by its canary, and by several identities. */
export async function makeAttempts(world: AttemptWorld): Promise<{ judged: Judged[], tried: Tried[] }> {
  const rows = escalations.filter((row) => row.form !== 'review' && row.asks[0] !== undefined && world.missing(row.asks[0]) === undefined)
  const executable = await pooled(rows, callsAtOnce / 2, async (row, index): Promise<Executable> => {
    const account = canaries.find((canary) => canary.row === row && canary.attempts)?.account ?? ''
    const { call } = callFor(world, row, `canary-${world.run}-${index}`)
    const answer = await world.call({ ...call, token: world.canaryTokens[account] })
    return { row, answer }
  })
  const turns = world.actors.flatMap((actor, turn) => Array.from({ length: Math.min(attemptsEach, executable.length) }, (_, each) => ({ actor, one: executable[(turn * attemptsEach + each) % executable.length] })))
  const made = await pooled(turns.flatMap(({ actor, one }) => one === undefined ? [] : [{ actor, one }]), callsAtOnce / 2, async ({ actor, one }, index) => {
    const mark = `attempt-${world.run}-${index}`
    const { call, recorded } = callFor(world, one.row, mark)
    const answer = await world.call({ ...call, token: actor.token })
    return { judged: judgeAttempt(one, actor, answer), tried: { mark, user: actor.user, what: `${actor.identity.name}: ${call.method} ${call.path}`, recorded, status: answer.status } }
  })
  return { judged: [...executable.map(judgeControl), ...made.map(({ judged }) => judged)], tried: made.map(({ tried }) => tried) }
}

function callFor({ served, run }: AttemptWorld, row: Row, mark: string): AttemptCall {
  const made = attemptOf(row, served, { mark, namespace: place, labels: runLabels(run) })
  if (made === undefined) throw new TypeError(`expected ${row.id} to be a row that can be tried`)
  return made
}

/** Whether the canary was answered as it must be. */
function isSound({ row: { boundary }, answer }: Executable): boolean {
  return boundary === undefined ? letThrough(answer) : answer.verdict === 'forbidden' && answer.message.includes(boundary)
}

/** What an answer means for the right that was tried. */
function verdictOf(answer: CallAnswer): AttemptVerdict {
  return letThrough(answer) ? 'allowed' : answer.verdict
}

function controlOf(one: Executable): AttemptVerdict {
  return isSound(one) ? 'allowed' : verdictOf(one.answer)
}

function scopeOf({ asks: [first] }: Row): string {
  return first?.reach === 'namespace' ? place : 'cluster'
}

function judgeControl(one: Executable): Judged {
  const { row, answer } = one
  const cell = cellOf({ row, identity: { name: `canary ${row.id}` }, scope: scopeOf(row), intended: row.boundary === undefined ? 'allow' : 'deny', form: row.form }, verdictOf(answer), { control: controlOf(one), reason: said(answer) })
  if (isSound(one)) return { cell }
  if (row.boundary !== undefined && letThrough(answer)) return { cell, fault: `expected the API server itself to refuse "${row.title}" (${row.id}) to who holds ${row.asks.length} rights of it, with "${row.boundary}", but the answer was ${said(answer)}` }
  return { cell, doubt: `expected the canary of ${row.id} to be let through, but the answer was ${said(answer)}: its attempt proves nothing` }
}

function judgeAttempt(one: Executable, { identity }: Actor, answer: CallAnswer): Judged {
  const { row } = one
  const cell = cellOf({ row, identity, scope: scopeOf(row), intended: 'deny', form: row.form }, verdictOf(answer), { control: controlOf(one), reason: said(answer) })
  if (answer.verdict === 'forbidden') return { cell }
  if (letThrough(answer)) return { cell, fault: `expected ${identity.name} to be refused "${row.title}" (${row.id}) when it tries, but it was let through (${said(answer)})` }
  return { cell, doubt: `expected ${identity.name} to be refused "${row.title}" (${row.id}) with 403 Forbidden, but the answer was ${said(answer)}, which is no denial` }
}

function said({ status, message }: CallAnswer): string {
  return `${status} ${message}`
}
