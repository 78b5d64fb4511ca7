import { cellName, type JudgedCell } from './cell.ts'
import type { ComputedVerdict, SideVerdict } from './segmentation/compute.ts'

/**
 * Which of the three tables stands against the other two. Nothing but the policies can be wrong when the network does what they say and
 * neither is meant; when the network does what is meant against its policies, either it does not keep to them or they were computed wrongly.
 */
export const findings = ['policy wrong', 'enforcement wrong', 'enforcement or engine wrong'] as const
export type TableFinding = (typeof findings)[number]

/** One cell in the three tables. `observed` is undefined when the pass could not decide it. */
export interface TableCell {
  id: string
  name: string
  intended: 'allow' | 'deny'
  computed: 'allow' | 'deny'
  observed: 'allow' | 'deny' | undefined
  finding: TableFinding | undefined
  egress: SideVerdict
  ingress: SideVerdict
}

/** The three tables over some cells. `uncomputed` and `undecided` are sentences about cells that cannot be compared. */
export interface ThreeTables {
  cells: readonly TableCell[]
  uncomputed: readonly string[]
  undecided: readonly string[]
}

export function compareTables(judged: readonly JudgedCell[], computed: ReadonlyMap<string, ComputedVerdict>): ThreeTables {
  const cells = judged.flatMap((one) => {
    const verdict = computed.get(one.cell.id)
    return verdict === undefined ? [] : [tableCell(one, verdict)]
  })
  return {
    cells,
    uncomputed: judged.filter(({ cell }) => !computed.has(cell.id)).map(({ cell }) => `expected a computed verdict about ${cellName(cell)}, but one of its pods is not known`),
    undecided: judged.filter(({ cell }) => cell.verdict === 'indeterminate').map(({ cell, reason }) => `expected to see whether ${cellName(cell)} gets through, but ${reason}`),
  }
}

function tableCell({ cell }: JudgedCell, { allowed, egress, ingress }: ComputedVerdict): TableCell {
  const computed = allowed ? 'allow' : 'deny'
  const observed = observedOf(cell)
  return { id: cell.id, name: cellName(cell), intended: cell.intended, computed, observed, finding: findingOf({ intended: cell.intended, computed, observed }), egress, ingress }
}

/** A judged cell is as meant or the opposite of it. */
function observedOf({ verdict, intended }: JudgedCell['cell']): 'allow' | 'deny' | undefined {
  if (verdict === 'indeterminate') return undefined
  return verdict === 'satisfied' ? intended : intended === 'allow' ? 'deny' : 'allow'
}

function findingOf({ intended, computed, observed }: Pick<TableCell, 'intended' | 'computed' | 'observed'>): TableFinding | undefined {
  if (computed === intended) return observed === undefined || observed === computed ? undefined : 'enforcement wrong'
  return observed === intended ? 'enforcement or engine wrong' : 'policy wrong'
}

/** A sentence for each cell in which the tables differ. */
export function differencesIn({ cells }: ThreeTables): string[] {
  return cells.flatMap((cell) => cell.finding === undefined ? [] : [`${sentences[cell.finding](cell)} (${cell.finding}): ${because(cell)}`])
}

const sentences: Readonly<Record<TableFinding, (cell: TableCell) => string>> = {
  'policy wrong': ({ name, intended, computed }) => `expected the policies in force to ${intended} ${name}, as is meant, but they ${computed} it`,
  'enforcement wrong': ({ name, computed, observed }) => `expected the network to ${computed} ${name}, as is meant and as the policies say, but it was seen to ${observed ?? ''} it`,
  'enforcement or engine wrong': ({ name, intended, computed }) => `expected the policies in force to ${intended} ${name}, as is meant and was seen, but by what they say they ${computed} it`,
}

function because({ egress, ingress }: TableCell): string {
  return `egress ${sideInWords(egress)}; ingress ${sideInWords(ingress)}`
}

function sideInWords({ allowed, isolatedBy, allowedBy }: SideVerdict): string {
  if (isolatedBy.length === 0) return 'open, no policy selects the pod'
  return allowed ? `allowed by ${allowedBy.join(', ')}` : `denied, isolated by ${isolatedBy.join(', ')}`
}
