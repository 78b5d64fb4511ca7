import { expect, test } from '../lib/case.ts'
import { driftSentence, unobservedLayers } from '../lib/drift.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'

test(
  'Terraform state, Linode, the buckets, the Helm releases and the cluster are as the checkout says, and nothing is there that belongs to nobody',
  { tags: ['FR-010'], meta: { profile: 'nightly' } },
  ({ provided, evidence }) => {
    const { drift } = provided
    if (drift === undefined) throw new IndeterminateError('expected the run to be told what a comparison of the platform with the checkout found, but it was told nothing; run the suites with "plumbline conform"')
    evidence.observe('each layer with how much of it was compared, and what was not as the checkout says', drift)

    // What was found stands, also beside a layer that could not be looked at.
    expect(drift.findings.map(driftSentence)).toBeFaultless()
    const [unobserved] = unobservedLayers(drift)
    if (unobserved !== undefined) throw new IndeterminateError(`${unobserved}; run "plumbline drift" to see it again`)
  },
)
