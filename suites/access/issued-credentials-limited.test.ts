import { accessAtMostHours } from '../intent/environments.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { issue } from '../lib/probes/issued.ts'

test(
  'issued credentials hold one account of one environment for the API server alone, end within the hours that were asked for, and lie in a file that only its owner reads',
  { tags: ['FR-002'], meta: { profile: 'nightly' } },
  async ({ platform, commandLine, run, redactor, evidence }) => {
    const short = await issue({ commandLine, run, redactor }, { environment: 'staging', profile: 'viewer', purpose: 'limited', hours: 1 })
    const tooLong = await commandLine({
      argv: ['access', 'issue', '--environment', 'staging', '--profile', 'viewer', '--person', short.person, '--hours', String(accessAtMostHours + 1)], budget: budgets.accessCommand, signal: run.signal,
    })
    const { claims, context, mode, expiresAt } = short
    evidence.observe('what the credentials are, without the token', { claims, context, mode, expiresAt, tooLong: { exitCode: tooLong.exitCode, said: tooLong.stderr.trim() } })

    expect(claims.sub, 'whom the token speaks for').toBe(`system:serviceaccount:${platform.namespaceOf('staging')}:access-${short.person}-viewer`)
    expect([claims.aud].flat(), 'for whom the token is').toEqual([claims.iss])
    expect(claims.exp - claims.iat, 'seconds that the token lasts').toBeLessThanOrEqual(3600)
    expect(new Date(claims.exp * 1000).toISOString().slice(0, 16), 'end of the token, to the minute').toBe(new Date(Date.parse(expiresAt)).toISOString().slice(0, 16))
    expect(mode, 'permission bits of the file').toBe('600')
    expect(context).toMatchObject({ namespace: platform.namespaceOf('staging'), authority: true, users: 1, contexts: 1 })
    expect(tooLong.exitCode, `exit code for ${accessAtMostHours + 1} hours`).toBe(2)
  },
)
