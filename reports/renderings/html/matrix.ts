import type { ReachabilityCell } from '../../model/reachability.ts'

/** How a cell is drawn: what was meant and held has several looks, so that open and closed are told apart; `reached` and `lacking` are for rights. */
export type Look = 'open' | 'reached' | 'closed' | 'violated' | 'lacking' | 'indeterminate'

export interface Mark {
  readonly row: number
  readonly column: number
  readonly look: Look
  readonly title: string
}

export interface Group {
  readonly label: string
  readonly start: number
  readonly length: number
}

/** A traffic matrix laid out on a grid: rows are sources, columns are listener, route, protocol and port, both grouped by environment. */
export interface Matrix {
  readonly rows: readonly string[]
  readonly rowGroups: readonly Group[]
  readonly columns: readonly string[]
  readonly columnGroups: readonly Group[]
  readonly endpointGroups: readonly Group[]
  readonly marks: readonly Mark[]
}

/** Lays out cells in the order in which environments and endpoints first appear. */
export function matrixOf(cells: readonly ReachabilityCell[]): Matrix {
  const environments = distinct(cells.flatMap(({ from, to }) => [from.environment, to.environment]))
  const byEnvironment = <T extends { readonly environment: string }>(items: readonly T[]) => environments.flatMap((name) => items.filter((item) => item.environment === name))
  const rows = byEnvironment(distinctBy(cells.map(({ from }) => from), (from) => `${from.environment}\n${from.endpoint}`))
  const listeners = byEnvironment(distinctBy(cells.map(columnOf), (column) => column.key))
  const columns = byEnvironment(distinctBy(listeners, (column) => column.listener)).flatMap(({ listener }) => listeners.filter((column) => column.listener === listener))
  const rowAt = new Map(rows.map((row, index) => [`${row.environment}\n${row.endpoint}`, index]))
  const columnAt = new Map(columns.map((column, index) => [column.key, index]))
  return {
    rows: rows.map((row) => row.endpoint),
    rowGroups: groupsOf(rows.map((row) => row.environment)),
    columns: columns.map((column) => column.way),
    columnGroups: groupsOf(columns.map((column) => column.environment)),
    endpointGroups: groupsOf(columns.map((column) => column.listener)).map((group) => ({ ...group, label: group.label.split('\n')[1] ?? '' })),
    marks: cells.map((cell) => ({
      row: rowAt.get(`${cell.from.environment}\n${cell.from.endpoint}`) ?? 0,
      column: columnAt.get(columnOf(cell).key) ?? 0,
      look: lookOf(cell),
      title: titleOf(cell),
    })),
  }
}

/** Everything about a cell in one line, for whoever points at it. */
export function titleOf(cell: ReachabilityCell): string {
  const { from, to, route, protocol, port } = cell
  const farSide = { true: 'far side logged the nonce', false: 'far side logged nothing', null: 'far side could not be read' }[`${cell.farSide}`]
  return [
    `${from.environment}/${from.endpoint} to ${to.environment}/${to.endpoint}, ${route}, ${protocol}/${port}`,
    `${cell.verdict}: meant to ${cell.intended}, by its policies ${cell.computed ?? 'not known'}, observed ${cell.observed}, control ${cell.control}`,
    `${farSide}; ${cell.milliseconds} ms; nonce ${cell.nonce}`,
  ].join('\n')
}

/** Whether what the policies in force say about a cell is not what is meant, or not what was seen. */
export function tablesDiffer({ intended, computed, verdict }: ReachabilityCell): boolean {
  return computed !== null && (computed !== intended || verdict === 'violated')
}

function lookOf(cell: ReachabilityCell): Look {
  if (cell.verdict !== 'satisfied') return cell.verdict
  return cell.intended === 'allow' ? 'open' : 'closed'
}

function columnOf({ to, route, protocol, port }: ReachabilityCell) {
  const listener = `${to.environment}\n${to.endpoint}`
  const way = `${route} ${protocol}/${port}`
  return { environment: to.environment, listener, way, key: `${listener}\n${way}` }
}

export function groupsOf(labels: readonly string[]): readonly Group[] {
  return labels.flatMap((label, start) => {
    if (labels[start - 1] === label) return []
    const next = labels.findIndex((other, index) => index > start && other !== label)
    return [{ label, start, length: (next === -1 ? labels.length : next) - start }]
  })
}

function distinct(items: readonly string[]): readonly string[] {
  return [...new Set(items)]
}

function distinctBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const first = new Map<string, T>()
  for (const item of items) if (!first.has(key(item))) first.set(key(item), item)
  return [...first.values()]
}
