import { outsider } from '../intent/endpoints.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'

test(
  'every pod of every environment resolves service names under its default-deny',
  { tags: ['FR-009'] },
  async ({ traffic, evidence }) => {
    const { observations: { resolutions } } = await traffic.pass()
    evidence.observe('look-ups of service names by each probe during the pass', resolutions)

    // The control: pods that no policy restricts. When they cannot resolve either, the name server is at fault and no policy is.
    const controls = resolutions.filter(({ zone }) => zone === outsider)
    const broken = controls.filter(({ resolved, failed }) => resolved === 0 || failed > 0)
    if (controls.length === 0 || broken[0] !== undefined) {
      throw new IndeterminateError(`expected pods without any policy to resolve service names, but ${broken[0]?.endpoint ?? 'none of them ran'} could not (${broken[0]?.error ?? 'no look-up was made'}); check the cluster's name server`)
    }
    const mute = resolutions.find(({ resolved, failed }) => resolved + failed === 0)
    if (mute !== undefined) throw new IndeterminateError(`expected every probe to look up service names, but ${mute.endpoint} made no look-up`)
    expect(resolutions.filter(({ failed }) => failed > 0).map(({ endpoint, resolved, failed, error }) =>
      `expected ${endpoint} to resolve service names, but ${failed} of ${resolved + failed} look-ups failed (${error ?? 'no reason given'}) while pods without any policy resolved them`)).toBeFaultless()
  },
)
