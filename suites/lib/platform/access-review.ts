import type { V1SubjectAccessReviewSpec } from '@kubernetes/client-node'
import { IndeterminateError } from '../indeterminate.ts'
import { pooled } from '../pool.ts'
import { reading } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** How many access reviews are asked for at the same time. */
const reviewsAtOnce = 16

/** What is asked of the live authorizer; `what` completes "an answer about". */
export interface ReviewQuestion { what: string, spec: V1SubjectAccessReviewSpec }

/**
 * Asks the live authorizer, as the verifier, one question for each row; resolves with its answers in the same order. Rejects with IndeterminateError
 * where there is no answer: an authorizer that could not see everything has not said no.
 */
export async function reviewEach<T>({ cluster }: Pick<Platform, 'cluster'>, rows: readonly T[], question: (row: T) => ReviewQuestion): Promise<{ row: T, allowed: boolean, reason: string }[]> {
  return await pooled(rows, reviewsAtOnce, async (row) => {
    const { what, spec } = question(row)
    const { status } = await reading('ask for an access review', cluster.authorization.createSubjectAccessReview({ body: { spec } }))
    const flawed = status?.allowed !== true && (status?.evaluationError ?? '') !== ''
    if (status === undefined || flawed) throw new IndeterminateError(`expected an answer about ${what}, got ${status?.evaluationError ?? 'none'}`)
    return { row, allowed: status.allowed, reason: status.reason ?? '' }
  })
}
