import { intendedAccess } from '../intent/access.ts'
import { environmentNames, type AccessProfile } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { issue, listPods, ownReviews } from '../lib/probes/issued.ts'

/** One access for each environment, and each profile among them. */
const profileIn = { development: 'viewer', staging: 'environment-admin', production: 'deployer', system: 'viewer' } as const satisfies Record<string, AccessProfile>

test(
  'whoever was issued a profile of an environment lists it with those credentials, may do there what the profile is for, and is refused in every other',
  { tags: ['FR-002', 'US-001.1', 'SC-001'], meta: { profile: 'nightly' } },
  async ({ platform, commandLine, run, redactor, evidence }) => {
    const seen = await Promise.all(environmentNames.map(async (environment) => {
      const credentials = await issue({ commandLine, run, redactor }, { environment, profile: profileIn[environment], purpose: 'works' })
      const rows = intendedAccess.filter(({ holder }) => holder.environment === environment && holder.profile === credentials.profile)
      return {
        credentials,
        own: await listPods(platform, credentials, environment),
        others: await Promise.all(environmentNames.filter((name) => name !== environment).map((name) => listPods(platform, credentials, name))),
        reviews: await ownReviews(platform, credentials, rows),
      }
    }))
    evidence.observe('what the credentials of each environment were answered', seen.map(({ own, others, reviews, credentials: { person, environment, profile, expiresAt } }) =>
      ({ person, environment, profile, expiresAt, own, others, reviews: reviews.map(({ row, allowed }) => ({ id: row.id, intended: row.intended, allowed })) })))

    for (const { own, others } of seen) {
      expect(own).toHaveVerdict('allowed')
      for (const other of others) expect(other).toBeDenied({ control: own })
    }
    expect(seen.flatMap(({ reviews }) => reviews.filter(({ row, allowed }) => (row.intended === 'allow') !== allowed).map(({ row, allowed }) =>
      `expected the issued credentials of "${row.id}" to be ${row.intended === 'allow' ? 'allowed' : 'denied'}, but they are ${allowed ? 'allowed' : 'denied'}; compare the role with suites/intent/access.ts`))).toBeFaultless()
  },
)
