import type { Dossier } from '../approvals/documents.ts'
import type { ChangeRecord } from './change-record.ts'

/** One line for a request: what may still happen to it. */
export function requestLine({ request: { id, author, createdAt, expiresAt, reason }, approvals }: Dossier, now = new Date()): string {
  const approvers = approvals.map(({ approver }) => approver)
  const state = approvers.length > 0 ? `approved by ${approvers.join(', ')}` : 'waits for somebody else\'s approval'
  const end = Date.parse(expiresAt) <= now.getTime() ? `, ended at ${expiresAt}` : `, until ${expiresAt}`
  return `${id}  ${createdAt}  ${author}  ${state}${end}: ${reason}`
}

/** A request with what it is about. */
export function requestLines(dossier: Dossier): string[] {
  return [requestLine(dossier), `for exactly ${dossier.request.digest}:`, ...dossier.request.description.map((line) => `  ${line}`)]
}

/** One line for an apply. */
export function changeLine({ id, finishedAt, actor, outcome, plan, releases, approval }: ChangeRecord): string {
  return `${id}  ${finishedAt}  ${actor}  ${outcome}: ${plan.diff[0] ?? ''}; ${String(releases.length)} releases changed; approval ${approval.reason}`
}

/** An apply with everything that is known of it. */
export function changeLines({ id, target, actor, startedAt, finishedAt, outcome, plan, releases, segmentation, approval, recovery }: ChangeRecord): string[] {
  const { state, steps } = recovery
  return [
    `Change ${id} of ${target} by ${actor}, ${startedAt} to ${finishedAt}: ${outcome}`,
    `Plan ${plan.digest}`, ...plan.diff.map((line) => `  ${line}`), ...releases.map((line) => `  ${line}`),
    `Segmentation ${segmentation.digest}`, ...segmentation.differences.map((line) => `  ${line}`),
    `Approval ${approval.reason} (reference ${approval.reference})`,
    state === null ? 'State before: there was none' : `State before: version ${state.versionId} of ${state.bucket}/${state.key}`,
    'The way back, in this order:', ...steps.flatMap(({ what, command }, index) => [`  ${String(index + 1)}. ${what}`, `     ${command}`]),
  ]
}
