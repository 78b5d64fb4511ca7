import { accessMatrixSchema, type AccessAttempt, type AccessMatrix } from './access.ts'
import type { CaseResult, Evidence } from './results.ts'
import { rightsSchema, type Rights } from './rights.ts'

/** An access matrix in an observation; undefined when its data is something else. */
export function accessMatrixOf(evidence: Evidence): AccessMatrix | undefined {
  const parsed = evidence.kind === 'observation' ? accessMatrixSchema.safeParse(evidence.data) : undefined
  return parsed?.success === true ? parsed.data : undefined
}

/** Effective rights in an observation; undefined when its data is something else. */
export function rightsOf(evidence: Evidence): Rights | undefined {
  const parsed = evidence.kind === 'observation' ? rightsSchema.safeParse(evidence.data) : undefined
  return parsed?.success === true ? parsed.data : undefined
}

/** Every access matrix of a run as one. */
export function mergedAccess(cases: readonly CaseResult[]): Pick<AccessMatrix, 'rows' | 'cells'> {
  const all = cases.flatMap(({ evidence }) => evidence).flatMap((one) => accessMatrixOf(one) ?? [])
  const rows = new Map(all.flatMap((matrix) => matrix.rows).map((row) => [row.id, row]))
  return { rows: [...rows.values()], cells: all.flatMap(({ cells }) => cells) }
}

/** What an attempt shows. A refusal counts beside a canary that succeeded, and nothing else does; `none` has nothing to ask for on this cluster. */
export type AttemptOutcome = 'open' | 'closed' | 'violated' | 'indeterminate' | 'none'

export function outcomeOf({ intended, verdict, control }: Pick<AccessAttempt, 'intended' | 'verdict' | 'control'>): AttemptOutcome {
  if (verdict === 'not-applicable') return 'none'
  if (verdict !== 'allowed' && verdict !== 'forbidden') return 'indeterminate'
  if ((verdict === 'allowed') !== (intended === 'allow')) return 'violated'
  if (verdict === 'allowed') return 'open'
  return control === 'allowed' ? 'closed' : 'indeterminate'
}
