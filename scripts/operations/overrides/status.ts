import type { Dossier } from '../approvals/documents.ts'
import { overrideSchema } from './cells.ts'
import type { Override } from './cells.ts'
import type { Standing } from './cluster.ts'

/**
 * `pending`: nobody has approved it. `active`: open. `incomplete`: approved, its time is not over, and it is not open: it was not put in
 * force whole, or somebody removed a part. `overdue`: its time is over and it is still there: the keeper does not work.
 * `expired`, `closed`: over, by itself or by somebody. `lapsed`: nobody approved it in time.
 */
export const states = ['pending', 'active', 'incomplete', 'overdue', 'expired', 'closed', 'lapsed'] as const
export type State = (typeof states)[number]

/** One override as `override list` shows it. Times are RFC 3339. */
export interface OverrideStatus extends Override {
  id: string
  state: State
  author: string
  approvedBy: string | null
  reason: string
  createdAt: string
  /** When it ends, or ended; null while nobody has approved it. */
  expiresAt: string | null
  secondsLeft: number
}

/** When an override ends: its minutes after the first approval, whoever puts it in force and however often. */
export function endOf({ approvals }: Pick<Dossier, 'approvals'>, { minutes }: Pick<Override, 'minutes'>): Date | undefined {
  const [first] = approvals.map(({ approvedAt }) => Date.parse(approvedAt)).sort((a, b) => a - b)
  return first === undefined ? undefined : new Date(first + minutes * 60_000)
}

/** An override's own shape in a request of that kind. Throws a ZodError for anything else. */
export function overrideIn({ request }: Pick<Dossier, 'request'>): Override {
  return overrideSchema.parse(request.details)
}

export function statusOf(dossier: Dossier, standing: readonly Standing[], now: Date): OverrideStatus {
  const { request, approvals } = dossier
  const override = overrideIn(dossier)
  const end = endOf(dossier, override)
  const state = stateOf(dossier, { end, policies: standing.filter(({ id }) => id === request.id).length, now })
  return {
    id: request.id, state, ...override,
    author: request.author, approvedBy: approvals[0]?.approver ?? null, reason: request.reason, createdAt: request.createdAt,
    expiresAt: end?.toISOString() ?? null, secondsLeft: state === 'active' && end !== undefined ? Math.ceil((end.getTime() - now.getTime()) / 1000) : 0,
  }
}

/** How long after its end an override may still be there: the keeper deletes within seconds. Milliseconds. */
const grace = 5000

function stateOf({ request, notes }: Dossier, { end, policies, now }: { end: Date | undefined, policies: number, now: Date }): State {
  if (end === undefined) return Date.parse(request.expiresAt) > now.getTime() ? 'pending' : 'lapsed'
  const over = end.getTime() <= now.getTime()
  if (policies > 0 && end.getTime() + grace <= now.getTime()) return 'overdue'
  if (notes.some(({ what }) => what === 'closed')) return policies > 0 ? 'incomplete' : 'closed'
  if (over) return 'expired'
  return policies === 2 ? 'active' : 'incomplete'
}

/** A table for people. */
export function statusTable(rows: readonly OverrideStatus[]): string[] {
  if (rows.length === 0) return ['No override is pending or open.']
  return rows.map((row) => `${row.id}  ${row.state.padEnd(10)}  ${row.from} → ${row.to} ${row.protocol}/${String(row.port)}  ${timeOf(row)}  asked by ${row.author}${row.approvedBy === null ? '' : `, approved by ${row.approvedBy}`}: ${row.reason}`)
}

function timeOf({ state, secondsLeft, minutes, expiresAt }: OverrideStatus): string {
  if (state === 'active') return `${String(Math.floor(secondsLeft / 60))} min ${String(secondsLeft % 60)} s left`
  return expiresAt === null ? `${String(minutes)} min` : `until ${expiresAt}`
}
