import { isDeepStrictEqual } from 'node:util'
import { endsWithin } from '../../intent/overrides.ts'
import type { OverridePolicy, OverrideRecord } from './overrides.ts'

/** A network policy of an override with what is known of it; `approved` is the spec that its record allows on its side. */
export interface KnownOverride { policy: OverridePolicy, record: OverrideRecord | undefined, approved: unknown }

/** What is wrong with an override that stands, one sentence each. */
export function faultsOf({ policy, record, approved }: KnownOverride, now: Date): string[] {
  const who = `${policy.name}@${policy.namespace}`
  return [
    ...faultsOfEnd(policy, who, now),
    ...faultsOfRecord(policy, record, who),
    ...record?.request === undefined || isDeepStrictEqual(plain(policy.spec), plain(approved))
      ? []
      : [`expected override ${who} to open exactly what its request ${record.request.id} asked for, but it is another; close it with "plumbline override close"`],
  ]
}

function faultsOfEnd({ expiresAt }: OverridePolicy, who: string, now: Date): string[] {
  const end = Date.parse(expiresAt ?? '')
  if (Number.isNaN(end)) return [`expected override ${who} to have an end in plumbline.dev/expires-at, but it has ${expiresAt ?? 'none'}`]
  const late = (now.getTime() - end) / 1000
  return late > endsWithin ? [`expected override ${who} to be gone ${String(endsWithin)} s after its end, but it is there ${late.toFixed(0)} s after it; see whether override-keeper runs in namespace overrides`] : []
}

function faultsOfRecord({ label, approval }: OverridePolicy, record: OverrideRecord | undefined, who: string): string[] {
  if (record?.request === undefined) return [`expected the approval of override ${who} in the audit bucket, but there is no request ${approval ?? 'named on it'}`]
  const { id, kind, author, digest } = record.request
  const others = record.approvals.filter(({ approver, digest: approved, request }) => approver !== author && approved === digest && request === id)
  return [
    ...kind === 'override' && id.toLowerCase() === label ? [] : [`expected override ${who} to name its own request, but ${approval ?? ''} is about ${kind}, and its label is ${label}`],
    ...others.length > 0 ? [] : [`expected override ${who} to be approved by somebody else than ${author}, but nobody has approved it`],
  ]
}

/** Without what the client's classes add, and with every key in one order. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
