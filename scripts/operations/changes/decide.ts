import { UsageFailure } from '../../console/failure.ts'
import { approversOf } from '../approvals/judge.ts'
import { approvals } from '../approvals/store.ts'
import { differenceInWords } from './words.ts'
import { digestOf } from './segmentation.ts'
import type { Segmentation } from './segmentation.ts'
import { newestSegmentation, segmentationDemand } from './segmentation-record.ts'
import type { ChangesAccess } from './segmentation-record.ts'
import { comparable, trustedPeople } from './trusted-people.ts'

/** Whether a run may bring a segmentation, and on whose word. */
export interface Decision {
  basis: 'baseline' | 'unchanged' | 'approved' | 'not approved'
  /** What the network policies are annotated with. */
  reference: string
  approvers: string[]
  /** One sentence for people, without a full stop. */
  reason: string
  differences: string[]
  digest: string
  segmentation: Segmentation
}

/**
 * Decides on what a run would bring. Without `approval` it says `not approved` where one is needed; with one it rejects with a UsageFailure
 * that says why it does not count.
 */
export async function decide(segmentation: Segmentation, approval: string | undefined, access: ChangesAccess): Promise<Decision> {
  const { record, ignored } = await newestSegmentation(access)
  if (record === undefined && ignored.length === 0) {
    return { segmentation, digest: digestOf(segmentation), approvers: [], differences: [], basis: 'baseline', reference: 'baseline', reason: 'not needed: the first provisioning is the baseline' }
  }
  if (record === undefined) {
    return decideOnChange({ segmentation, before: undefined, reference: 'baseline', differences: [`~ no record of the segmentation in force counts (${ignored.join(', ')})`] }, approval, access)
  }
  const { reference, digest, segmentation: before } = record
  const compared = comparable(segmentation, before)
  if (digestOf(compared) === digest) {
    return { segmentation: compared, digest, approvers: [], differences: [], basis: 'unchanged', reference, reason: `not needed: the segmentation is the one of ${reference}` }
  }
  return decideOnChange({ segmentation, before, reference, differences: differenceInWords(before, segmentation) }, approval, access)
}

interface Change extends Pick<Decision, 'segmentation' | 'reference' | 'differences'> { before: Segmentation | undefined }

async function decideOnChange({ segmentation, before, reference, differences }: Change, approval: string | undefined, access: ChangesAccess): Promise<Decision> {
  const common = { segmentation, digest: digestOf(segmentation), differences }
  if (approval === undefined) return { ...common, approvers: [], basis: 'not approved', reference, reason: 'needed, and none was given' }
  const dossier = await approvals(access).read(approval)
  if (dossier.request.kind !== 'segmentation') throw new UsageFailure(`The request ${approval} asks for ${dossier.request.kind}, and a change of the segmentation needs a request of \`npx plumbline change request\`.`)
  const approvers = approversOf(dossier, { ...segmentationDemand, digest: common.digest, people: trustedPeople(access.people, segmentation, before), now: new Date() })
  return { ...common, approvers, basis: 'approved', reference: approval, reason: `approved by ${approvers.join(', ')}: ${dossier.request.reason}` }
}

/** Throws what to do when somebody else has to approve first. */
export function refuseUnapproved({ basis, differences }: Pick<Decision, 'basis' | 'differences'>): void {
  if (basis !== 'not approved') return
  throw new UsageFailure([
    `This run would change the segmentation of the platform, which somebody else has to approve first (${String(differences.length)} ${differences.length === 1 ? 'difference' : 'differences'}); nothing was applied.`,
    ...differences.map((line) => `  ${line}`),
    'Ask for it:     npx plumbline change request --as NAME --reason REASON',
    'Have it approved by somebody with the role approver:  npx plumbline change approve ID --as OTHER',
    'Then run:       npx plumbline provision --approval ID',
  ].join('\n'))
}

/** For people, after a plan. */
export function describeDecision({ basis, reason, differences, digest }: Decision): string[] {
  if (basis === 'baseline' || basis === 'unchanged') return [`Approval of the segmentation ${reason}.`]
  const said = basis === 'approved' ? reason : 'needed: ask for it with `npx plumbline change request --as NAME --reason REASON`'
  return [`The segmentation changes (${digest}); approval ${said}.`, ...differences]
}
