import { environmentNames } from '../intent/environments.ts'
import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { another, guidePeople } from '../lib/guides/people.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a team with the profile deployer follows the handoff guide in each environment in under 30 minutes: its service is reached from inside, and from no other environment',
  { tags: ['FR-004', 'US-002.1', 'SC-003'], meta: { profile: 'nightly' } },
  async ({ guides, evidence }) => {
    const guide = await guides.read('teams/handoff.md')
    const followed = await guidePeople(guides, 'handoff', environmentNames.map((environment) => ({ environment, profile: 'deployer' })), async (people) => await Promise.all(people.map(async (person) => {
      const colleague = people.find(({ environment }) => environment === another(person.environment))
      return { who: person.environment, ...await guides.followAs(guide, person, { ENVIRONMENT: person.environment }, colleague === undefined ? {} : { others: { colleague } }) }
    })))
    for (const one of followed) evidence.timing(`handoff guide in ${one.who}`, { atMost: objectives.handoffGuide, ...one })

    expect(followed.flatMap((one) => faultsOf(one).map((fault) => `${fault} (in ${one.who})`))).toBeFaultless()
    expect(guide.minutes * 60).toBeLessThanOrEqual(objectives.handoffGuide)
    for (const { seconds } of followed) expect(seconds).toBeLessThan(objectives.handoffGuide)
    refuseUndecided(followed.flatMap(undecidedIn))
  },
)
