import { placedFindings } from '../policies/policy-findings.ts'
import { judgeDocuments } from '../policies/session.ts'
import type { Findings } from './findings.ts'
import { helm } from './helm.ts'
import type { Phases } from './phases.ts'
import { recordOf, refuseDenied, summaryOf } from './policy-verdict.ts'
import type { Prevented } from './policy-verdict.ts'
import type { ValueSources } from './release-values.ts'
import type { ReleaseList } from './releases-file.ts'
import { renderedObjects } from './rendered-releases.ts'
import type { Terraform } from './terraform.ts'

export interface GatedRun {
  list: ReleaseList
  terraform: Pick<Terraform, 'planDocument'>
  phases: Phases
  signal: AbortSignal | undefined
}

/**
 * Judges the plan and the manifests of every release as one platform. Twice in a run: before Terraform applies, with stand-ins for what only
 * an apply tells; and before Helm does, with the true values. Leaves its record in the findings, and rejects when anything is denied.
 */
export async function passPolicies(run: GatedRun, findings: Findings, { sources, prevented }: { sources: ValueSources, prevented: Prevented }): Promise<void> {
  const judged = await run.phases.run(`policy verdict on the ${prevented}`, async () => {
    const objects = await renderedObjects(run.list, sources, helm({ records: run.list.records, signal: run.signal }))
    return judgeDocuments({ plan: [run.terraform.planDocument()], manifests: [{ objects }] }, { whole: true })
  }, ({ findings: found }) => summaryOf(found))
  // Of the plan, an address is a block of our Terraform files; where a rendered object is written, nobody knows.
  const told = await placedFindings(judged.findings, { origins: [], texts: new Map() })
  findings.policy = recordOf(judged, findings.plan?.digest ?? '', told)
  refuseDenied(judged, prevented)
}
