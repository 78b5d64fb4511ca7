import { expect, test } from '../lib/case.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { faultsAmong, judgeLogin, refusals } from '../lib/login.ts'
import { currentVersions, readSecretStore } from '../lib/platform/secret-store.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'
import { takeUpStored } from '../lib/stored-offer.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** The environment whose password is rotated: the one where this disturbs least. No case that follows logs in there. */
const environment = 'development'
const name = 'data-store'

test(
  'a platform engineer who follows the secrets guide from an empty home finds every secret, bootstraps and rotates one as written, and the value before it is refused by whoever checks it',
  { tags: ['FR-005', 'SC-005', 'US-003.2'], meta: { profile: 'nightly' } },
  async ({ guides, platform, traffic, provided, redactor, evidence }) => {
    const guide = await guides.read('platform/secrets.md')
    const dataStore = await dataStoreProbes({ platform, traffic })
    const old = dataStore.loginOf(environment)
    const versions = async () => currentVersions(await readSecretStore(platform), platform.namespaceOf(environment)).get(name)
    const [control] = await dataStore.from(environment, [{ as: old }])
    const before = await versions()
    const followed = await guides.followAsOperator(guide, { ENVIRONMENT: environment }).finally(() => takeUpStored(provided.stored, redactor))
    const [afterwards] = await dataStore.from(environment, [{ as: old }])
    const after = await versions()
    evidence.timing('secrets guide, step by step', { atMost: guide.minutes * 60, ...followed })
    evidence.observe('the rotated secret in the store, and the login that was in use before it at the data store', {
      before: before?.version, after: after?.version, login: old.username, control, afterwards,
    })

    expect(faultsOf(followed)).toBeFaultless()
    expect(followed.seconds, 'seconds that the guide took').toBeLessThan(guide.minutes * 60)
    refuseUndecided(undecidedIn(followed))
    expect(after?.version, `version of ${environment}/${name} that is in use, which must not be the one before the rotation`).not.toBe(before?.version)
    expect(faultsAmong(afterwards === undefined ? [] : [judgeLogin(afterwards, { end: 'forbidden', codes: [...refusals.address, ...refusals.password] }, control)])).toBeFaultless()
  },
)
