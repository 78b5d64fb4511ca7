import { environmentNames } from '../intent/environments.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { channelOn } from '../lib/platform/channel.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'a platform engineer who follows the guidance on alert routing sees an alert of each environment arrive in the platform channel',
  { tags: ['FR-008'], meta: { profile: 'nightly' } },
  async ({ guides, platform, evidence, run }) => {
    const guide = await guides.read('platform/alert-routing.md')
    const channel = channelOn(platform)
    const since = new Date()
    await channel.messages(since)
    const followed = await Promise.all(environmentNames.map(async (environment) => ({ environment, ...await guides.followAsOperator(guide, { ENVIRONMENT: environment }) })))
    const told = async (): Promise<string[]> => {
      const texts = (await channel.messages(since)).map(({ text }) => text).filter((text) => text.includes('RoutingTried'))
      return environmentNames.filter((environment) => texts.some((text) => text.includes(environment)))
    }
    const faults = followed.flatMap((one) => faultsOf(one).map((fault) => `${fault} (for ${one.environment})`))
    evidence.observe('guidance on alert routing, followed for each environment', followed)
    // What was not made need not be waited for.
    expect(faults).toBeFaultless()
    refuseUndecided(followed.flatMap(undecidedIn))
    const { value: arrived, milliseconds } = await converge(told, budgets.alertArrives, { consecutive: 1, every: 1000, until: (names) => names.length === environmentNames.length, signal: run.signal })
    evidence.observe('environments whose alert arrived in the platform channel', { arrived, seconds: milliseconds / 1000 })

    // None at all says more about the channel than about any route.
    refuseUndecided(arrived.length === 0 ? ['expected the alerts that were made to arrive in the platform channel, but none did; see whether the channel takes messages'] : [])
    expect(environmentNames.filter((name) => !arrived.includes(name)).map((name) => `expected the alert that was made for ${name} by docs/${guide.file} to arrive in the platform channel, but it did not`)).toBeFaultless()
  },
)
