import { automationAccounts } from '../intent/identities.ts'
import { expect, test } from '../lib/case.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'the accounts of the platform\'s own programs hold what their job needs and nothing of the catalogue beside it',
  { tags: ['NFR-002'], meta: { profile: 'nightly' } },
  async ({ escalation, evidence }) => {
    const { judged } = await escalation.pass()
    const own = judged.filter(({ cell }) => automationAccounts.includes(cell.identity))
    const held = own.filter(({ cell }) => cell.verdict === 'allowed')
    evidence.observe('what the accounts of programs hold of the catalogue, and how much they are refused', {
      accounts: automationAccounts, cells: own.length, refused: own.filter(({ cell }) => cell.verdict === 'forbidden').length,
      held: held.map(({ cell: { identity, row, scope, intended, reason } }) => ({ identity, row, scope, intended, reason })),
    })
    expect(own.flatMap(({ fault }) => fault ?? [])).toBeFaultless()
    refuseUndecided([...own.flatMap(({ doubt }) => doubt ?? []), ...own.length === 0 ? ['expected the accounts of programs to be tried, but none was'] : []])
  },
)
