import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { breakGlass, castOf } from '../lib/probes/break-glass.ts'

test(
  'the administrator\'s kubeconfig may be taken out with the approval of two other platform SREs, and not with fewer, one\'s own, or anybody else\'s',
  { tags: ['FR-002', 'FR-003'], meta: { profile: 'nightly' } },
  async ({ commandLine, run, provided, evidence }) => {
    const { author, first, second, other } = castOf(provided.people)
    const { request, approve, mayOpen } = breakGlass({ commandLine, run })
    const id = await request(author, `conformance run ${run.id}: nothing is taken out`)
    const refused = {
      unapproved: await mayOpen(id, author),
      own: await approve(id, author),
      withoutRole: await approve(id, other),
    }
    const approvedOnce = await approve(id, first)
    const once = await mayOpen(id, author)
    const approvedTwice = await approve(id, second)
    const control = await mayOpen(id, author)
    const stranger = await mayOpen(id, first)
    evidence.observe('what the command said to each', { id, people: { author, first, second, other }, refused, approvedOnce, once, approvedTwice, control, stranger })

    // The control: with two approvals the same command, asked by the same person, says yes.
    const failed = [approvedOnce, approvedTwice, control].find(({ exitCode }) => exitCode !== 0)
    if (failed !== undefined) throw new IndeterminateError(`expected two approvals to be enough, but "${failed.said}": the refusals before it prove nothing`)
    for (const [what, { exitCode, said }] of Object.entries({ ...refused, once, stranger })) expect(exitCode, `exit code of the attempt "${what}" (${said})`).toBe(2)
    expect(refused.unapproved.said).toContain('nobody has approved it')
    expect(refused.own.said).toContain('nobody approves their own')
    expect(refused.withoutRole.said).toContain('expected somebody with the role sre')
    expect(once.said).toContain(`only ${first} has approved it`)
    expect(stranger.said).toContain(`only ${author} may open it`)
  },
)
