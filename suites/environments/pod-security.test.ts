import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { offerPod } from '../lib/platform/attempts.ts'

const refusedPostures = ['privileged', 'able to run as root', 'without a seccomp profile'] as const

test(
  'every environment takes a restricted pod and refuses each posture that Pod Security level restricted forbids',
  { tags: ['FR-001', 'FR-003'] },
  async ({ platform, run, evidence }) => {
    const offers = await Promise.all(environmentNames.map(async (environment) => ({
      environment,
      control: await offerPod(platform, environment, { posture: 'restricted', run: run.label }),
      attempts: await Promise.all(refusedPostures.map((posture) => offerPod(platform, environment, { posture, run: run.label }))),
    })))
    evidence.observe('pods offered to each environment by server-side dry run, and the answers', offers)

    for (const { control, attempts } of offers) {
      for (const attempt of attempts) expect(attempt).toBeDenied({ control })
    }
    // The refusal must be the level's own: another guard may hide that the level is not in force.
    expect(offers.flatMap(({ attempts }) => attempts.filter(({ message }) => !message.includes('violates PodSecurity "restricted'))
      .map(({ what, message }) => `expected "${what}" to be refused by Pod Security level restricted, but the refusal was: ${message}`))).toBeFaultless()
  },
)
