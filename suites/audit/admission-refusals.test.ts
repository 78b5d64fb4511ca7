import { expect, test } from '../lib/case.ts'
import { auditRecordsAfter, verifierName } from '../lib/platform/audit.ts'
import { offer } from '../lib/platform/audit-requests.ts'

const environment = 'development'
/** The guardrail that refuses a pod of the verifier without the label of its run. */
const guardrail = 'plumbline-verifier-footprint'

test(
  'what a guardrail refuses is in the audit records with the guardrail, its reason and who asked',
  { tags: ['FR-010', 'NFR-003'] },
  async ({ platform, run, evidence }) => {
    const refused = await offer(platform, environment, { mark: `refused-${run.label}`, labelled: false, run: run.label })
    const admitted = await offer(platform, environment, { mark: `admitted-${run.label}`, labelled: true, run: run.label })
    const records = await auditRecordsAfter(platform, refused.mark, admitted.mark)
    evidence.observe('a pod that a guardrail refuses, the same pod as it admits it, and the records of the first', { refused, admitted, records })

    expect(refused.attempt).toBeDenied({ control: admitted.attempt })
    expect(refused.attempt.message, 'the API server\'s own words').toContain(guardrail)
    expect(records.length, `records of ${refused.attempt.what} in the log store, while the later ${admitted.attempt.what} has one`).toBeGreaterThan(0)
    expect(records.flatMap((record) => {
      const failure = record['annotations.validation.policy.admission.k8s.io/validation_failure'] ?? ''
      return [
        ...record['user.username'] === verifierName ? [] : [`expected the record to name ${verifierName}, but it names ${record['user.username'] ?? 'nobody'}`],
        ...record['responseStatus.code'] === '403' ? [] : [`expected the record to say 403, but it says ${record['responseStatus.code'] ?? 'nothing'}`],
        ...record['environment'] === environment ? [] : [`expected the record to carry the tag ${environment}, but it carries ${record['environment'] ?? 'none'}`],
        ...failure.includes(guardrail) ? [] : [`expected the record to name the guardrail ${guardrail}, but it says ${failure === '' ? 'nothing about admission' : failure}`],
      ]
    })).toBeFaultless()
  },
)
