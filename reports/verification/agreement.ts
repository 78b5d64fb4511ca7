import { settle } from '../model/aggregate.ts'
import type { Results } from '../model/results.ts'
import { statementOf, type Statement } from '../sealing/attestation.ts'
import { canonicalJson } from '../sealing/canonical.ts'

interface Beside {
  readonly runId: string | undefined
  readonly statement: Statement | undefined
  readonly keyid: string
}

/** Whether every conclusion follows from the cases, and whether manifest and signed statement speak of the same run. */
export function checkAgreement(results: Results, beside: Beside, findings: string[]): void {
  checkConclusions(results, findings)
  if (beside.runId !== undefined && beside.runId !== results.runId) findings.push(`MANIFEST.json is of run ${beside.runId}, but results.json of run ${results.runId}.`)
  if (results.signing.keyid !== beside.keyid) findings.push(`results.json names the signing key ${results.signing.keyid}, but the run is checked against ${beside.keyid}.`)
  if (beside.statement !== undefined) checkStatement(results, beside.statement, findings)
}

function checkConclusions(results: Results, findings: string[]): void {
  try {
    const again = settle(results)
    if (again.verdict !== results.verdict) findings.push(`results.json says ${results.verdict}, but its cases come to ${again.verdict}.`)
    if (again.exitCode !== results.exitCode) findings.push(`results.json says exit code ${results.exitCode}, but its cases come to ${again.exitCode}.`)
    if (canonicalJson(again.counts) !== canonicalJson(results.counts)) findings.push('results.json has other counts than its own cases and requirements.')
    findings.push(...differing('', results.requirements, again.requirements, 'cases'), ...differing('case ', results.cases, again.cases, 'evidence'))
  } catch (thrown) {
    findings.push(`results.json contradicts itself: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

interface Standing {
  readonly id: string
  readonly verdict: string
}

/** `settle` keeps the order, so both lists go in step. */
function differing(kind: string, said: readonly Standing[], found: readonly Standing[], from: string): readonly string[] {
  return found
    .map(({ id, verdict }, index) => ({ id, verdict, stated: said[index]?.verdict ?? 'absent' }))
    .filter(({ verdict, stated }) => verdict !== stated)
    .map(({ id, verdict, stated }) => `results.json says ${kind}${id} is ${stated}, but its ${from} ${from === 'cases' ? 'come' : 'comes'} to ${verdict}.`)
}

function checkStatement(results: Results, statement: Statement, findings: string[]): void {
  const { predicate } = statementOf(results, { manifest: '', results: '' })
  const parts = ['result', 'passedTests', 'warnedTests', 'failedTests'] as const
  const unequal = parts.filter((part) => canonicalJson(predicate[part]) !== canonicalJson(statement.predicate[part]))
  if (unequal.length > 0) findings.push(`attestation.dsse.json disagrees with results.json about ${unequal.join(', ')}.`)
}
