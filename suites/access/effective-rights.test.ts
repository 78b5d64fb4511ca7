import { expect, test } from '../lib/case.ts'
import { disputed, effectiveRights } from '../lib/platform/effective-rights.ts'
import { askedWords } from '../lib/platform/rights.ts'
import { rightsEvidence } from '../lib/rights/evidence.ts'
import { adviceOf } from '../lib/rights/judge.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'every identity comes to what its job needs and to nothing beyond, by whatever steps its rights allow',
  { tags: ['FR-003'] },
  async ({ platform, evidence }) => {
    const { judged, findings, strangers, namespaces, opinions } = await effectiveRights(platform)
    evidence.observe('what every identity comes to, by the live roles and bindings', rightsEvidence(judged, findings, namespaces))
    const contradicted = opinions.filter(disputed)
    evidence.observe('the same questions, answered by the engine and by the live authorizer', {
      asked: opinions.length, allowed: opinions.filter(({ authorizer }) => authorizer).length, contradicted: contradicted.map(askedWords),
    })

    // What the engine says counts only while the API server agrees; else nobody's rights are known.
    refuseUndecided(contradicted.map((one) => `expected the engine to judge rights as the API server does, but to "${askedWords(one)}" it says ${one.allowed ? 'yes' : 'no'} and the API server ${one.authorizer ? 'yes' : 'no'}; mend suites/lib/rights`))
    expect([...findings.map(adviceOf), ...strangers]).toBeFaultless()
  },
)
