import { expect, test } from '../lib/case.ts'
import { lookDirectly } from '../lib/probes/direct-look.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'what the platform\'s probes say about API server, etcd and ingress is what the verifier sees when it asks them itself',
  { tags: ['NFR-001'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const looks = await lookDirectly({ platform, run }, run.signal)
    evidence.observe('each service asked by the verifier itself, beside what the probes from inside and outside say now', looks)

    expect(looks.flatMap(({ service, environment, own, probes }) => probes.filter(({ up }) => up !== undefined && up !== (own.up ? 1 : 0)).map(({ vantage, up }) =>
      `expected the probe of ${service} for ${environment} from ${vantage} to say what the verifier sees, ${own.up ? 'that it is up' : `that it is down (${own.detail})`}, but it says ${up ?? 'nothing'}`))).toBeFaultless()
    refuseUndecided(looks.flatMap(({ service, environment, own, probes }) => [
      ...own.up ? [] : [`expected ${service} to answer the verifier for ${environment}, but ${own.detail}; the probes say so too`],
      ...probes.filter(({ up }) => up === undefined).map(({ vantage }) => `expected a probe of ${service} for ${environment} from ${vantage}, but there is no sample of it`),
    ]))
  },
)
