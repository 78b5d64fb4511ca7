import { expect, test } from '../lib/case.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { guidePeople } from '../lib/guides/people.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a team whose deployment fails for a missing secret follows the troubleshooting guide: it sees what is shown, has the secret delivered again and deploys',
  { tags: ['US-002.3'], meta: { profile: 'nightly' } },
  async ({ guides, evidence }) => {
    const guide = await guides.read('teams/troubleshooting.md')
    const followed = await guidePeople(guides, 'troubleshooting', [{ environment: 'development', profile: 'environment-admin' }], async ([person]) =>
      person === undefined ? undefined : await guides.followAs(guide, person, { ENVIRONMENT: person.environment }))
    evidence.observe('troubleshooting guide in development', followed)

    if (followed === undefined) throw new TypeError('expected somebody to follow the guide')
    expect(faultsOf(followed)).toBeFaultless()
    refuseUndecided(undecidedIn(followed))
  },
)
