import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { PolicyFinding } from '../../../reports/model/policy.ts'
import type { Given } from './documents.ts'
import type { Finding } from './judge.ts'
import { placeOf } from './places.ts'
import { TerraformSources } from './terraform-blocks.ts'

/** A finding with what its rule says about itself; undefined for what is allowed. */
export function policyFinding({ rule, subject, verdict, message, dependsOn, waiver }: Finding): PolicyFinding | undefined {
  if (verdict === 'allow') return undefined
  const { id, title, severity, requirements, solution, dischargedBy } = rule
  return {
    rule: id, title, severity, requirements: [...requirements], solution, subject, verdict,
    ...(message === undefined ? {} : { message }),
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(verdict === 'unknown' && dischargedBy !== undefined ? { dischargedBy } : {}),
    ...(waiver === undefined ? {} : { waiver: { owner: waiver.owner, approver: waiver.approver, reason: waiver.reason, ticket: waiver.ticket, expires: waiver.expires } }),
  }
}

/** Everything that is not allowed, with where it is written. */
export async function placedFindings(findings: readonly Finding[], given: Pick<Given, 'origins' | 'texts'>): Promise<PolicyFinding[]> {
  const terraform = new TerraformSources(join(repository, 'terraform'))
  const placed = await Promise.all(findings.map(async (finding) => {
    const known = policyFinding(finding)
    if (known === undefined) return undefined
    const location = await placeOf(finding, given, terraform)
    return location === undefined ? known : { ...known, location }
  }))
  return placed.filter((one) => one !== undefined)
}
