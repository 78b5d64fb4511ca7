import type { LifecycleRule } from '@aws-sdk/client-s3'
import type { Retention } from './audit-lock.ts'

const day = 24 * 3600 * 1000
/** A retention is set a moment before its object is stored. Milliseconds. */
const moment = 60_000

/** Rules of a bucket's lifecycle that would let a record end before its time, as sentences. */
export function earlyEnds(rules: readonly LifecycleRule[] | 'not offered', days: number): string[] {
  if (rules === 'not offered') return []
  return rules.filter(({ Status: status }) => status === 'Enabled').flatMap((rule) => {
    const ends = [rule.Expiration?.Days, rule.NoncurrentVersionExpiration?.NoncurrentDays].filter((end) => end !== undefined && end < days)
    const dated = rule.Expiration?.Date === undefined ? [] : [`on ${rule.Expiration.Date.toISOString()}`]
    return [...ends.map((end) => `after ${String(end)} days`), ...dated].map((when) => `expected no record to end before ${days} days, but the lifecycle rule ${rule.ID ?? 'without a name'} lets objects end ${when}`)
  })
}

/** What is wrong with how long one record is held, as sentences. */
export function heldTooShortly({ key, at, retention }: { key: string, at: Date, retention: Retention | undefined }, days: number): string[] {
  if (retention === undefined) return [`expected ${key} to carry a retention of its own, but it carries none; a later, shorter default of the bucket would count`]
  const held = (retention.until.getTime() - at.getTime() + moment) / day
  return [
    ...retention.mode === 'COMPLIANCE' ? [] : [`expected ${key} to be held in mode COMPLIANCE, but it is in ${retention.mode}`],
    ...held >= days ? [] : [`expected ${key} to be held for ${days} days, but it is held until ${retention.until.toISOString()}, ${held.toFixed(1)} days after it was stored`],
  ]
}
