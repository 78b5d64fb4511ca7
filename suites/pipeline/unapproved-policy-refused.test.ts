import { expect, test } from '../lib/case.ts'
import { offerPolicy } from '../lib/platform/offered-policy.ts'

const guardrail = 'plumbline-segmentation'

test(
  'a network policy without the reference of an approval is refused by admission, from the platform\'s administrator too',
  { tags: ['NFR-003'] },
  async ({ platform, run, evidence }) => {
    const name = `unapproved-${run.label}`
    const control = await offerPolicy(platform, { environment: 'staging', name, reference: run.id })
    const refused = await offerPolicy(platform, { environment: 'staging', name })
    evidence.observe('a policy that opens staging to production, offered by dry run with the reference of a change and without', { control, refused })

    expect(refused).toBeDenied({ control })
    expect(refused.message, 'the API server\'s own words').toContain(guardrail)
    expect(refused.message, 'what to do about it').toContain('plumbline.dev/approval')
  },
)
