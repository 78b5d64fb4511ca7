import { z } from 'zod'
import type { Ask } from '../../intent/escalation.ts'
import type { Opinion } from '../escalation-judge.ts'
import type { Caller } from './calls.ts'

/** Whom the authorizer is asked about, and what. `namespace` is undefined for the cluster. */
export interface Question {
  user: string
  groups: readonly string[]
  ask: Ask
  namespace: string | undefined
}

const statusSchema = z.object({ status: z.object({ allowed: z.boolean(), reason: z.string().default(''), evaluationError: z.string().default('') }) })

/** Asks the live authorizer, as the verifier. Never rejects: what could not be asked is an error, and no denial. */
export function reviewer(call: Caller, token: string): (question: Question) => Promise<Opinion> {
  return async ({ user, groups, ask, namespace }) => {
    const { status, message, body } = await call({
      method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', token,
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: { user, groups, resourceAttributes: attributesOf(ask, namespace) } },
    })
    const parsed = statusSchema.safeParse(body)
    if (!parsed.success) return { verdict: 'error', reason: `the access review was answered ${status} (${message})` }
    const { allowed, reason, evaluationError } = parsed.data.status
    if (allowed) return { verdict: 'allowed', reason }
    // An authorizer that could not see everything has not said no.
    return evaluationError === '' ? { verdict: 'forbidden', reason } : { verdict: 'error', reason: evaluationError }
  }
}

function attributesOf({ verb, group, resource, subresource, name }: Ask, namespace: string | undefined): Record<string, string> {
  // A request about a namespace is authorized inside of it.
  const object = name ?? (resource === 'namespaces' ? namespace : undefined)
  return {
    verb, group, resource,
    ...subresource === undefined ? {} : { subresource }, ...object === undefined ? {} : { name: object }, ...namespace === undefined ? {} : { namespace },
  }
}
