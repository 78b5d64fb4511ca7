import { shippedIdentities } from '../intent/identities.ts'
import { everybodys, intendedRights } from '../intent/rights.ts'
import { expect, test } from '../lib/case.ts'
import { verifierName } from '../lib/platform/audit.ts'
import { recordedUse } from '../lib/platform/recorded-use.ts'
import { liveRights } from '../lib/platform/rights.ts'
import { wordsOf } from '../lib/rights/rules.ts'
import { enoughTime, unusedRights, useSentences } from '../lib/rights/use.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** Whose rights the records are held against: everything that acts by itself. */
const automation = shippedIdentities.filter(({ account, name }) => account !== undefined && !name.endsWith('/default'))
/** The runner asks all the time; without a record of it this young the records are behind, and silence says nothing. Milliseconds. */
const newest = 300_000

test(
  'what an automation account may do it was seen doing, or the intent says why no record shows it',
  { tags: ['NFR-002'], meta: { profile: 'nightly' } },
  async ({ platform, evidence }) => {
    const live = await liveRights(platform)
    const accounts = await Promise.all(automation.map(async (identity) => {
      const grants = live.grantsOf(identity)
      const { uses, recorded } = await recordedUse(platform, identity.user, grants)
      return { ...identity, uses, recorded, ...unusedRights({ grants, uses, recorded, intended: intendedRights(identity), everybodys }) }
    }))
    evidence.observe('rights of the automation accounts beside their use on record', {
      enough: enoughTime,
      accounts: accounts.map(({ name, granted, uses, recorded, unused }) => ({
        name, granted, kindsOfRequest: uses.length, recorded, unused: unused.map(({ atom, grant, reason, watched }) => ({ right: wordsOf(atom), scope: grant.scope ?? 'the cluster', binding: grant.binding, reason, minutes: Math.floor(watched / 60_000) })),
      })),
    })

    const runner = accounts.find(({ user }) => user === verifierName)?.recorded
    const behind = runner === undefined || Date.now() - runner.last.getTime() > newest
    const verdicts = accounts.map(({ name, unused }) => useSentences(name, unused))
    refuseUndecided(behind ? [`expected a record of ${verifierName} in the log store that is younger than ${newest / 60_000} minutes, but the newest is ${runner === undefined ? 'none' : `of ${runner.last.toISOString()}`}; see whether audit-forwarder runs in namespace audit`] : [])
    expect(verdicts.flatMap(({ faults }) => faults)).toBeFaultless()
    refuseUndecided(verdicts.flatMap(({ undecided }) => undecided))
  },
)
