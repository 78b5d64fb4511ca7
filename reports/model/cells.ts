import { reachabilitySchema, type ReachabilityCell } from './reachability.ts'
import type { CaseResult, Evidence } from './results.ts'

const severity = { violated: 2, indeterminate: 1, satisfied: 0 } as const

/** The cells of one record of evidence: undefined when it is not of kind `reachability`, `unreadable` when its data has another shape. */
export function cellsOf(evidence: Evidence): readonly ReachabilityCell[] | 'unreadable' | undefined {
  if (evidence.kind !== 'reachability') return undefined
  const parsed = reachabilitySchema.safeParse(evidence.data)
  return parsed.success ? parsed.data.cells : 'unreadable'
}

/** Every distinct cell of a run. Where two cases recorded the same cell differently, the worse one stands. */
export function mergedCells(cases: readonly CaseResult[]): readonly ReachabilityCell[] {
  const cells = new Map<string, ReachabilityCell>()
  for (const evidence of cases.flatMap((one) => one.evidence)) {
    const recorded = cellsOf(evidence)
    if (recorded === undefined || recorded === 'unreadable') continue
    for (const cell of recorded) {
      const known = cells.get(cell.id)
      if (known === undefined || severity[cell.verdict] > severity[known.verdict]) cells.set(cell.id, cell)
    }
  }
  return [...cells.values()]
}

/**
 * Why a cell's own observations do not support a `satisfied`, or undefined when they do (or when it claims nothing).
 * The harness judges cells; this is the second look that keeps a slip there from becoming a pass.
 */
export function contradiction(cell: ReachabilityCell): string | undefined {
  if (cell.verdict !== 'satisfied') return undefined
  const name = `${cell.from.environment}/${cell.from.endpoint} to ${cell.to.environment}/${cell.to.endpoint} over ${cell.route} ${cell.protocol}/${cell.port}`
  if (cell.intended === 'allow') return cell.observed === 'delivered' ? undefined : `${name} is meant to be open but was seen ${cell.observed}`
  if (cell.observed !== 'dropped' && cell.observed !== 'rejected') return `${name} is meant to be closed but was seen ${cell.observed}`
  if (cell.control !== 'delivered') return `${name} counts as denied though its control was ${cell.control}`
  return cell.farSide === true ? `${name} counts as denied though the far side logged its nonce` : undefined
}
