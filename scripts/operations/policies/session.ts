import { silent } from '../../../fixtures/sandbox/progress.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { loadPolicies } from './evaluate.ts'
import { judge } from './judge.ts'
import type { Documents, Judgement } from './judge.ts'
import { policyModule } from './module.ts'
import { loadWaivers } from './waivers.ts'

export interface Judged extends Judgement {
  /** Of the policies that judged. */
  digest: string
}

export interface JudgeRequest {
  report?: Report
  /** policies/waivers.yaml unless said. */
  waiversFile?: string
  whole: boolean
}

/** Judges documents by the policies of the checkout. Rejects when they cannot be compiled or evaluated: then nothing is judged. */
export async function judgeDocuments(documents: Documents, { report = silent, waiversFile, whole }: JudgeRequest): Promise<Judged> {
  const [waivers, { wasm, rules, digest }] = await Promise.all([loadWaivers(waiversFile), policyModule(report)])
  const evaluate = await loadPolicies(wasm, rules, Object.values(documents).flat())
  return { ...judge(documents, { evaluate, rules, waivers, now: new Date(), whole }), digest }
}
