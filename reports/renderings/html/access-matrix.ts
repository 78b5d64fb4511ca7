import { outcomeOf } from '../../model/drawn.ts'
import type { AccessAttempt, AccessMatrix } from '../../model/access.ts'
import type { Rights, RightsState } from '../../model/rights.ts'
import { groupsOf, type Look, type Mark, type Matrix } from './matrix.ts'

const worstFirst = ['violated', 'indeterminate', 'open', 'closed'] as const
type Drawn = (typeof worstFirst)[number]

/** Canaries hold one row each, so that its attempt is seen to succeed; they share a row of the drawing. */
export function isCanary(identity: string): boolean {
  return identity.startsWith('canary ')
}
const canaries = 'canaries/of each row'
/** Characters for which the head of a column has room. */
const longestLabel = 21

/** Identities by rows of the catalogue. Of several attempts in one place the worst is drawn; all are in its title. */
export function attemptsMatrix({ rows, cells: all }: Pick<AccessMatrix, 'rows' | 'cells'>): Matrix {
  const cells = all.map((cell) => isCanary(cell.identity) ? { ...cell, identity: canaries } : cell)
  const applicable = cells.flatMap((cell) => {
    const outcome = outcomeOf(cell)
    return outcome === 'none' ? [] : [{ cell, outcome }]
  })
  const ordered = inGroups([...new Set(cells.map(({ identity }) => identity))])
  const known = rows.filter(({ id }) => cells.some(({ row }) => row === id)).toSorted((a, b) => a.id.slice(0, 1).localeCompare(b.id.slice(0, 1)))
  const titles = new Map(known.map(({ id, title }) => [id, title]))
  const places = Map.groupBy(applicable, ({ cell }) => `${cell.identity}\n${cell.row}`)
  return {
    ...identityRows(ordered),
    columns: known.map(({ id }) => id.length > longestLabel ? `${id.slice(0, longestLabel - 1)}…` : id),
    columnGroups: groupsOf(known.map(({ id }) => id.slice(0, 1))),
    endpointGroups: [],
    marks: [...places.values()].flatMap((attempts): Mark[] => {
      const [first] = attempts
      if (first === undefined) return []
      const look = worstFirst.find((one) => attempts.some(({ outcome }) => outcome === one)) ?? 'indeterminate'
      return [{
        row: ordered.findIndex(({ name }) => name === first.cell.identity), column: known.findIndex(({ id }) => id === first.cell.row), look,
        title: [`${first.cell.identity}, ${first.cell.row}: ${titles.get(first.cell.row) ?? ''}`, ...lines(attempts)].join('\n'),
      }]
    }),
  }
}

const mostLines = 12

function lines(attempts: readonly { cell: AccessAttempt, outcome: Drawn }[]): string[] {
  const all = attempts.toSorted((a, b) => worstFirst.indexOf(a.outcome) - worstFirst.indexOf(b.outcome))
    .map(({ cell: { scope, form, intended, verdict, control }, outcome }) => `${outcome}: ${scope}, ${form}, meant to ${intended}, ${verdict}, canary ${control}`)
  return all.length > mostLines ? [...all.slice(0, mostLines), `and ${all.length - mostLines} more`] : all
}

const looks: Readonly<Record<RightsState, Look>> = { held: 'open', reached: 'reached', beyond: 'violated', lacking: 'lacking' }

/** Identities by abilities, from the closure of effective rights. An empty place is not held and not meant. */
export function rightsMatrix({ identities, abilities, cells }: Rights): Matrix {
  const ordered = inGroups(identities.map(({ name }) => name))
  const titles = new Map(abilities.map(({ id, title }) => [id, title]))
  return {
    ...identityRows(ordered),
    columns: abilities.map(({ title }) => title),
    columnGroups: groupsOf(abilities.map(({ group }) => group)),
    endpointGroups: [],
    marks: cells.map(({ identity, ability, state, where }) => ({
      row: ordered.findIndex(({ name }) => name === identity), column: abilities.findIndex(({ id }) => id === ability), look: looks[state],
      title: `${identity}: ${titles.get(ability) ?? ability}\n${state}: ${where.join(', ')}`,
    })),
  }
}

interface Placed { name: string, group: string, label: string }

/** "plumbline:staging:viewer" is the viewer of staging, "staging/default" its default account, "nobody" belongs nowhere. */
export function placed(name: string): Placed {
  const [, group, label] = /^(?:plumbline:)?([^:/]+)[:/](.+)$/.exec(name) ?? []
  return group === undefined || label === undefined ? { name, group: 'everybody', label: name } : { name, group, label }
}

function inGroups(names: readonly string[]): Placed[] {
  return [...Map.groupBy(names.map(placed), ({ group }) => group).values()].flat()
}

function identityRows(ordered: readonly Placed[]): Pick<Matrix, 'rows' | 'rowGroups'> {
  return { rows: ordered.map(({ label }) => label), rowGroups: groupsOf(ordered.map(({ group }) => group)) }
}
