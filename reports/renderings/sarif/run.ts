import { dischargesOf, newestPolicy, type DischargeState } from '../../model/discharge.ts'
import type { Results } from '../../model/results.ts'
import { sarifOf, type Kind } from './sarif.ts'

/** The file in a run folder. */
export const sarifName = 'policies.sarif'

const kinds: Readonly<Record<DischargeState, Kind>> = { discharged: 'pass', contradicted: 'fail', open: 'open' }

/** What the policies said of the newest run of the pipeline, with what live cases have seen since, as SARIF; undefined when no case recorded it. */
export function runSarif({ cases, verifier }: Pick<Results, 'cases' | 'verifier'>) {
  const policy = newestPolicy(cases)
  if (policy === undefined) return undefined
  const discharges = dischargesOf(cases)
  const findings = policy.findings.map((finding) => {
    const found = discharges.find((one) => one.finding.rule === finding.rule && one.finding.subject === finding.subject)
    return found === undefined ? finding : { ...finding, discharge: { kind: kinds[found.state], reason: found.reason } }
  })
  return sarifOf({ findings, counts: policy.counts, version: typeof verifier['plumbline'] === 'string' ? verifier['plumbline'] : 'unknown', policies: policy.policies, problems: [] })
}
