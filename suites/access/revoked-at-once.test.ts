import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { issue, lastLine, revoke, statusOfListing, statusesShown } from '../lib/probes/issued.ts'

test(
  'a revoked token is forbidden at once and no longer known within 20 seconds, and the command shows both',
  { tags: ['FR-002'], meta: { profile: 'nightly' } },
  async ({ platform, commandLine, run, redactor, evidence }) => {
    const credentials = await issue({ commandLine, run, redactor }, { environment: 'development', profile: 'viewer', purpose: 'revoked' })
    const before = await statusOfListing(platform, credentials)
    if (before.status !== 200) throw new IndeterminateError(`expected the issued token to list pods in development before it is revoked, but the answer was ${before.status} (${before.message}): a refusal afterwards would prove nothing`)
    const result = await revoke({ commandLine, run }, credentials)
    const after = await statusOfListing(platform, credentials)
    const { value: last, milliseconds } = await converge(() => statusOfListing(platform, credentials), budgets.tokenForgotten, { consecutive: 2, until: ({ status }) => status === 401 })
    const shown = result.exitCode === 0 ? statusesShown(result) : []
    evidence.observe('the token before and after its revocation, and what the command showed', { before, after, last, shown, exitCode: result.exitCode, said: lastLine(result) })
    evidence.timing('from the end of the command until the API server no longer knows the token', { seconds: milliseconds / 1000, atMost: budgets.tokenForgotten.milliseconds / 1000 })

    expect(result.exitCode, `exit code of access revoke (${lastLine(result)})`).toBe(0)
    expect([401, 403], 'status of the first request after the command').toContain(after.status)
    expect(last.status, 'status in the end').toBe(401)
    expect(shown, 'statuses that the command shows: the control, then the refusals').toEqual([200, 403, 401])
  },
)
