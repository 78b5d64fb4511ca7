import { accessAtMostHours, accessProfiles } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { issuedAccess } from '../lib/platform/issued-access.ts'

const hour = 3_600_000

test(
  'every access that somebody was issued ends within twelve hours, and is bound to its own profile in its own environment by a binding of its own',
  { tags: ['FR-002', 'FR-003'] },
  async ({ platform, evidence }) => {
    const issued = await issuedAccess(platform)
    evidence.observe('accounts and bindings that people were issued', issued)

    expect(issued.flatMap(({ person, environment, profile, account, issuedAt, expiresAt, hasAccount, binding }) => {
      const lasts = (Date.parse(expiresAt) - Date.parse(issuedAt)) / hour
      const who = `the access of ${person} to ${environment}`
      const next = `run "plumbline access revoke --person ${person}"`
      const self = `ServiceAccount ${platform.namespaceOf(environment)}/${account}`
      return [
        ...lasts <= accessAtMostHours ? [] : [`expected ${who} to last ${accessAtMostHours} hours at most, but it lasts ${Number.isNaN(lasts) ? 'for ever' : `${lasts.toFixed(1)} hours`}; ${next}`],
        ...binding !== undefined && !hasAccount ? [`expected ${who} to have an account, but only its binding is there; ${next}`] : [],
        ...binding !== undefined && (binding.role !== `Role ${profile}` || !accessProfiles.some((one) => one === profile)) ? [`expected ${who} to be bound to the role of its profile (${profile}), but it is bound to ${binding.role}; ${next}`] : [],
        ...binding !== undefined && binding.subjects.join() !== self ? [`expected the binding of ${who} to name ${self} alone, but it names ${binding.subjects.join(', ')}; ${next}`] : [],
      ]
    })).toBeFaultless()
  },
)
