import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { faultsAmong, judgeLogin, refusals } from '../lib/login.ts'
import { anotherAuthority } from '../lib/probes/another-authority.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'

test(
  'the data store takes nobody without TLS, and whoever expects another authority or another name does not take it for the data store',
  { tags: ['FR-006'] },
  async ({ platform, traffic, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    const own = await dataStore.own()
    const seen = await Promise.all(environmentNames.map(async (environment) => {
      const as = dataStore.loginOf(environment)
      const [plain, stranger, renamed] = await dataStore.from(environment, [
        { as, tls: 'none' }, { as, trust: { authority: anotherAuthority } }, { as, trust: { serverName: 'another-server.invalid' } },
      ])
      return { control: own.get(environment), plain, stranger, renamed }
    }))
    evidence.observe('each environment\'s own login without TLS, trusting another authority, and expecting another name, beside one as it should be', seen)

    expect(faultsAmong(seen.flatMap(({ control, plain, stranger, renamed }) => [
      ...(plain === undefined ? [] : [judgeLogin(plain, { end: 'forbidden', codes: [...refusals.address], saying: /no encryption/ }, control)]),
      ...(stranger === undefined ? [] : [judgeLogin(stranger, { end: 'untrusted', saying: /unknown authority/ }, control)]),
      ...(renamed === undefined ? [] : [judgeLogin(renamed, { end: 'untrusted', saying: /another-server\.invalid/ }, control)]),
    ]))).toBeFaultless()
  },
)
