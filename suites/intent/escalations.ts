import { combinations } from './escalations-combinations.ts'
import { controlPlane } from './escalations-control-plane.ts'
import { credentials } from './escalations-credentials.ts'
import { identities } from './escalations-identity.ts'
import { nodes } from './escalations-nodes.ts'
import { workloads } from './escalations-workloads.ts'
import type { Ask, Row } from './escalation.ts'

/** The catalogue, whole. */
export const escalations: readonly Row[] = [...credentials, ...identities, ...workloads, ...nodes, ...controlPlane, ...combinations]

/** A right as a rule of RBAC grants it, with wildcards. */
export type Grant = Pick<Ask, 'verb' | 'group' | 'resource' | 'subresource' | 'name'>

/** An identity that is made to hold exactly these grants, in the whole cluster, so that the probes that must be refused to others are seen to work. */
export interface Canary {
  /** Name of its account and of its role; letters, digits and hyphens. Canaries with equal grants share one. */
  account: string
  /** What it is, for people: `A1`, `secrets by verb *`. */
  title: string
  row: Row
  grants: readonly Grant[]
  /** What it is asked. */
  asks: readonly Ask[]
  /** What the authorizer must answer for the probe to be in order. */
  answer: 'allowed' | 'forbidden'
  /** Whether the row's attempt is made with its own token too. */
  attempts: boolean
}

/** By rows: one with the row's own asks, one for each way to write the first of them with a wildcard. */
export const canaries: readonly Canary[] = sharing(escalations.filter(({ asks }) => asks.length > 0).flatMap((row) => [
  { account: nameOf(row.id), title: row.id, row, grants: [...row.asks, ...row.needs ?? []], asks: row.asks, answer: 'allowed' as const, attempts: row.form !== 'review' },
  ...withheld(row),
  ...wildcards(row),
]))

/** Whoever holds the same has the same account: the first one's. */
function sharing(all: readonly Canary[]): Canary[] {
  const first = new Map<string, string>()
  return all.map((canary) => {
    const held = JSON.stringify(canary.grants.map(({ verb, group, resource, subresource, name }) => [verb, group, resource, subresource, name]))
    const account = first.get(held) ?? canary.account
    first.set(held, account)
    return { ...canary, account }
  })
}

function nameOf(id: string, variant = ''): string {
  return `canary-${id.toLowerCase()}${variant}`
}

function withheld(row: Row): Canary[] {
  if (row.withholds === undefined) return []
  return [{ account: nameOf(row.id, '-withheld'), title: `${row.id}, asked for more`, row, grants: row.asks, asks: row.withholds, answer: 'forbidden', attempts: false }]
}

/** The authorizer honours `*` for a verb, a resource or a group, and `*\/sub`; a `resource/*` is inert. Combinations are made of asks that other rows have. */
function wildcards(row: Row): Canary[] {
  const [first] = row.asks
  if (first === undefined || row.parts !== undefined || row.id === 'B13') return []
  const { verb, group, resource, subresource } = first
  const sub = subresource === undefined ? {} : { subresource }
  const one = (variant: string, title: string, grant: Grant, answer: Canary['answer'] = 'allowed'): Canary =>
    ({ account: nameOf(row.id, `-${variant}`), title: `${row.id} by ${title}`, row, grants: [grant], asks: [first], answer, attempts: false })
  return [
    one('verb', 'verb *', { verb: '*', group, resource, ...sub }),
    one('resource', 'resource *', { verb, group, resource: '*' }),
    one('group', 'group *', { verb, group: '*', resource, ...sub }),
    ...subresource === undefined ? [] : [one('sub', `*/${subresource}`, { verb, group, resource: '*', subresource })],
    one('inert', `${resource}/*`, { verb, group, resource, subresource: '*' }, 'forbidden'),
  ]
}
