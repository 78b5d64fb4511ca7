import type { AccessAttempt, AttemptVerdict } from '../../reports/model/access.ts'
import { sayAsk, type Ask, type Row } from '../intent/escalation.ts'
import { heldTogetherBy, holdingFor } from '../intent/holdings.ts'
import type { ShippedIdentity } from '../intent/identities.ts'

/** A cell of the access matrix, and the sentence about it when it is not as intended or could not be decided. */
export interface Judged {
  cell: AccessAttempt
  fault?: string
  doubt?: string
}

/** What the authorizer said about one ask. */
export interface Opinion { verdict: 'allowed' | 'forbidden' | 'error', reason: string }

/** One right of one identity in one place; `namespace` is undefined for the cluster. */
export interface Question { identity: ShippedIdentity, ask: Ask, namespace: string | undefined }

/** What is known before rows are judged. */
export interface Seen {
  opinion: (question: Question) => Opinion
  /** Why an ask means nothing on this cluster; undefined when it means something. */
  missing: (ask: Ask) => string | undefined
  /** What the row's canary was answered. */
  control: (row: Row) => AttemptVerdict
}

/** The namespaces in which an identity is tried. */
export function namespacesOf({ namespace, elsewhere }: ShippedIdentity): string[] {
  return [...new Set([...namespace === undefined ? [] : [namespace], elsewhere, 'kube-system'])]
}

/** Every right that has to be asked about, each once. */
export function questionsOf(rows: readonly Row[], people: readonly ShippedIdentity[], missing: Seen['missing']): Question[] {
  const distinct = new Map<string, Ask>()
  for (const ask of rows.flatMap((row) => row.asks)) if (missing(ask) === undefined) distinct.set(`${ask.reach} ${sayAsk(ask)}`, ask)
  return people.flatMap((identity) => [...distinct.values()].flatMap((ask): Question[] =>
    ask.reach === 'cluster' ? [{ identity, ask, namespace: undefined }] : namespacesOf(identity).map((namespace) => ({ identity, ask, namespace }))))
}

/** Names a question. */
export function keyOf({ identity, ask, namespace }: Question): string {
  return `${identity.name} ${sayAsk(ask)} in ${namespace ?? 'the cluster'}`
}

/** The cells of a row for an identity, by access review. A row of which this cluster has nothing is not applicable, and says why. */
export function judgeReviews(row: Row, identity: ShippedIdentity, seen: Seen): Judged[] {
  const reasons = row.asks.map(seen.missing)
  const there = row.asks.filter((_, index) => reasons[index] === undefined)
  if (there.length === 0) return row.asks.length === 0 ? [] : [{ cell: cellOf({ row, identity, scope: 'cluster', intended: 'deny' }, 'not-applicable', { control: 'not-applicable', reason: reasons[0] ?? '' }) }]
  if (row.parts !== undefined) return judgeCombination(row, identity, seen)
  const places = [...namespacesOf(identity).map((namespace): [string | undefined, Ask[]] => [namespace, there.filter(({ reach }) => reach === 'namespace')]), [undefined, there.filter(({ reach }) => reach === 'cluster')] as const]
  return places.flatMap(([namespace, asked]) => (['allow', 'deny'] as const).flatMap((intended) => {
    const own = asked.filter((ask) => (holdingFor(identity, ask, namespace) === undefined) === (intended === 'deny'))
    return own.length === 0 ? [] : [judgePlace({ row, identity, namespace, intended }, own, seen)]
  }))
}

interface Place { row: Row, identity: ShippedIdentity, namespace: string | undefined, intended: 'allow' | 'deny' }

function judgePlace({ row, identity, namespace, intended }: Place, asked: readonly Ask[], seen: Seen): Judged {
  const answers = asked.map((ask) => ({ ask, ...seen.opinion({ identity, ask, namespace }) }))
  const wrong = answers.filter(({ verdict }) => verdict === (intended === 'allow' ? 'forbidden' : 'allowed'))
  const unknown = answers.find(({ verdict }) => verdict === 'error')
  const [first] = [...wrong, ...unknown === undefined ? [] : [unknown], ...answers]
  const told = (wrong.length > 0 ? wrong : answers).map(({ ask, reason }) => `${sayAsk(ask)}${reason === '' ? '' : ` (${reason})`}`).join(', ')
  const cell = cellOf({ row, identity, scope: namespace ?? 'cluster', intended }, first?.verdict ?? 'error', { control: seen.control(row), reason: told })
  const where = namespace === undefined ? 'in the cluster' : `in ${namespace}`
  if (wrong.length > 0) return { cell, fault: faultOf({ row, identity, intended }, told, where) }
  return unknown === undefined ? { cell } : { cell, doubt: `expected an answer about ${identity.name} and ${row.id} ${where}, but ${unknown.reason}` }
}

function faultOf({ row, identity, intended }: Pick<Place, 'row' | 'identity' | 'intended'>, told: string, where: string): string {
  return intended === 'deny'
    ? `expected ${identity.name} to be refused what leads to "${row.title}" (${row.id}) ${where}, but the authorizer allows it to ${told}`
    : `expected ${identity.name} to need ${told} ${where}, as the intent says (suites/intent/holdings.ts), but the authorizer refuses it: take the exception out, or give back the right`
}

/** Held when each part has a right that this identity holds here; the cluster's parts count everywhere. */
function judgeCombination(row: Row, identity: ShippedIdentity, seen: Seen): Judged[] {
  return namespacesOf(identity).map((namespace): Judged => {
    const held = (row.parts ?? []).map((part) => part.filter((ask) => seen.missing(ask) === undefined)
      .map((ask) => ({ ask, ...seen.opinion({ identity, ask, namespace: ask.reach === 'cluster' ? undefined : namespace }) })))
    const allowed = held.map((part) => part.find(({ verdict }) => verdict === 'allowed'))
    const refused = held.some((part) => part.every(({ verdict }) => verdict === 'forbidden'))
    const intended = heldTogetherBy(identity, row.id, namespace) ? 'allow' : 'deny'
    const whole = allowed.every((one) => one !== undefined)
    const verdict = whole ? 'allowed' : refused ? 'forbidden' : 'error'
    const reason = whole ? allowed.map((one) => sayAsk(one.ask)).join(' and ') : 'not all of its parts are held'
    const cell = cellOf({ row, identity, scope: namespace, intended }, verdict, { control: seen.control(row), reason })
    if (verdict === 'error') return { cell, doubt: `expected an answer about every part of ${row.id} for ${identity.name} in ${namespace}, but some could not be asked` }
    if (whole === (intended === 'allow')) return { cell }
    return { cell, fault: whole ? `expected ${identity.name} not to hold together what makes "${row.title}" (${row.id}) in ${namespace}, but it may ${reason}` : `expected ${identity.name} to need ${row.id} in ${namespace}, as the intent says, but it holds only a part: take the exception out` }
  })
}

interface CellPlace { row: Pick<Row, 'id' | 'group'>, identity: Pick<ShippedIdentity, 'name'>, scope: string, intended: 'allow' | 'deny', form?: AccessAttempt['form'] }

/** A cell; its form is a review unless it says otherwise. */
export function cellOf({ row, identity, scope, intended, form = 'review' }: CellPlace, verdict: AttemptVerdict, { control, reason }: Pick<AccessAttempt, 'control' | 'reason'>): AccessAttempt {
  return { id: `${row.id} ${identity.name} ${scope} ${form} ${intended}`, row: row.id, group: row.group, identity: identity.name, scope, form, intended, verdict, control, reason: reason.slice(0, 400) }
}
