import { accessProfiles, environmentNames } from '../intent/environments.ts'
import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { another, guidePeople } from '../lib/guides/people.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'an engineer with each profile of each environment follows the access guide from an empty home in under 15 minutes, and is refused what it says',
  { tags: ['FR-002', 'US-001.2', 'SC-002'], meta: { profile: 'nightly' } },
  async ({ guides, evidence }) => {
    const guide = await guides.read('teams/access.md')
    const wanted = environmentNames.flatMap((environment) => accessProfiles.map((profile) => ({ environment, profile })))
    const followed = await guidePeople(guides, 'access-guide', wanted, async (people) => await Promise.all(people.map(async (person) => ({
      who: `${person.profile} of ${person.environment}`,
      ...await guides.followAs(guide, person, { ENVIRONMENT: person.environment, OTHER: another(person.environment) }),
    }))))
    for (const one of followed) evidence.timing(`access guide as ${one.who}`, { atMost: objectives.accessGuide, ...one })

    expect(followed.flatMap((one) => faultsOf(one).map((fault) => `${fault} (as ${one.who})`))).toBeFaultless()
    expect(guide.minutes * 60).toBeLessThanOrEqual(objectives.accessGuide)
    for (const { seconds } of followed) expect(seconds).toBeLessThan(objectives.accessGuide)
    refuseUndecided(followed.flatMap(undecidedIn))
  },
)
