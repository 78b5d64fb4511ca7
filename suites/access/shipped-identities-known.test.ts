import { shippedIdentities, unknownAccounts } from '../intent/identities.ts'
import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'every account in the namespaces of the platform is one that the intent names, so that all of them are tried',
  { tags: ['FR-003', 'NFR-002'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { accounts, reviews, seconds, tried } = await escalation.pass()
    const live = new Set(accounts.map(({ namespace, name }) => `${namespace}/${name}`))
    const missing = shippedIdentities.filter(({ account }) => account !== undefined && !live.has(`${account.namespace}/${account.name}`))
    evidence.observe('identities that were tried, and accounts of the cluster', {
      identities: shippedIdentities.map(({ name }) => name), reviews, attempts: tried.length, seconds, accounts: [...live].sort(), missing: missing.map(({ name }) => name),
    })
    expect(unknownAccounts(accounts).map(({ namespace, name }) =>
      `expected no account ${namespace}/${name}, of which the intent knows nothing (suites/intent/identities.ts): name what it is for, or remove it`)).toBeFaultless()
    refuseUndecided(missing.map(({ name }) => `expected the account ${name} that the platform ships, but the cluster has none: nobody can say what it may do`))
  },
)
