import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { faultsAmong, judgeLogin, refusals } from '../lib/login.ts'
import { linodeDatabase } from '../lib/platform/linode.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'
import { logInFromHere } from '../lib/probes/database-here.ts'

/** No allow list needs a range wider than the largest private network. */
const widest = 8

test(
  'the data store refuses whoever comes from an address that is not on its allow list, also with a login that is right',
  { tags: ['FR-006'] },
  async ({ platform, traffic, provided, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    const place = platform.dataStoreForStrangers
    if (place === undefined) throw new IndeterminateError('expected a way to the data store from an address that is on no allow list, but this run has none; run the suites from such a machine and tell them where it reaches the server')
    const own = await dataStore.own()
    const seen = await Promise.all(environmentNames.map(async (environment) => ({
      control: own.get(environment),
      stranger: await logInFromHere({ ...dataStore.endpointIn(environment), ...place }, { as: dataStore.loginOf(environment) }),
    })))
    const { allowList } = await linodeDatabase(provided.linode, platform.outputs.database.id).read()
    evidence.observe('each environment\'s own login from an address on no allow list, over TLS that was verified, beside the same login from its own pod; and the allow list', { seen, allowList })

    expect(faultsAmong(seen.map(({ control, stranger }) =>
      judgeLogin(stranger, { end: 'forbidden', codes: [...refusals.address], saying: /no pg_hba\.conf entry for host/ }, control)))).toBeFaultless()
    expect(allowList.filter((range) => Number(range.split('/')[1] ?? 32) < widest)
      .map((range) => `expected no range on the data store's allow list to be wider than /${widest}, but ${range} is on it`)).toBeFaultless()
  },
)
