import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { faultsAmong, judgeLogin } from '../lib/login.ts'
import { attributesStatement, belongsTo, holdersIn, rightsStatement } from '../lib/platform/data-store-rights.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'

test(
  'in the database of an environment nobody but its own roles has a right, the schema public included, and these have none beyond it',
  { tags: ['FR-006'] },
  async ({ platform, traffic, run, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    const table = `probe_${run.label}`
    // The control: what others may not do in this schema can be done there at all. Nothing of it is kept.
    const made = await dataStore.own(`begin; create table public.${table} (id int); rollback; select 'made and taken back'`)
    const rights = await dataStore.own(rightsStatement)
    const attributes = await dataStore.own(attributesStatement)
    evidence.observe('what each environment\'s own role does in its schema public; who may do what in its database, and which roles may do more, as the server says', {
      made: [...made.values()], rights: [...rights.values()], attributes: [...attributes.values()],
    })

    expect(faultsAmong([...made.values()].map((attempt) => judgeLogin(attempt, { end: 'answered', saying: /^made and taken back$/ })))).toBeFaultless()
    expect([...rights].flatMap(([environment, attempt]) => holdersIn(attempt)
      .filter(({ role }) => !belongsTo(role, environment))
      .map(({ role, rights: held }) => `expected nobody but ${environment}'s own roles to have a right in its database, but ${role === 'public' ? 'everybody' : role} ${held.join(' and ')}`))).toBeFaultless()
    expect([...attributes.values()].flatMap(holdersIn)
      .filter(({ role, rights: held }) => held.length > 0 && environmentNames.some((environment) => belongsTo(role, environment)))
      .map(({ role, rights: held }) => `expected ${role} to have no right beyond its database, but it ${held.join(' and ')}`)).toBeFaultless()
  },
)
