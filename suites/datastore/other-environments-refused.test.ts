import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { faultsAmong, judgeLogin, refusals } from '../lib/login.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'

test(
  'the data store itself refuses an environment the databases of all others, and their roles with its own password',
  { tags: ['FR-006'] },
  async ({ platform, traffic, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    const own = await dataStore.own("select string_agg(datname, ' ') from pg_database where datallowconn")
    const seen = await Promise.all(environmentNames.map(async (environment) => {
      const [control, as] = [own.get(environment), dataStore.loginOf(environment)]
      // Every database that the server has, as it lists them itself; the environments' own ones also when it does not.
      const present = control?.value?.split(' ') ?? []
      const databases = [...new Set([...present, ...environmentNames.map((name) => dataStore.loginOf(name).database)])].filter((name) => name !== as.database)
      const others = environmentNames.filter((name) => name !== environment).map((name) => dataStore.loginOf(name))
      const [foreign, borrowed] = await Promise.all([
        dataStore.from(environment, databases.map((database) => ({ as, database }))),
        dataStore.from(environment, others.map(({ username, database }) => ({ as: { username, password: as.password, database } }))),
      ])
      return { control, foreign, borrowed }
    }))
    evidence.observe('each environment\'s own role at every other database, and every other environment\'s role with its password, beside its own login', seen)

    expect(faultsAmong(seen.flatMap(({ control, foreign, borrowed }) => [
      ...foreign.map((attempt) => judgeLogin(attempt, { end: 'forbidden', codes: [...refusals.right, ...refusals.address] }, control)),
      ...borrowed.map((attempt) => judgeLogin(attempt, { end: 'forbidden', codes: [...refusals.password] }, control)),
    ]))).toBeFaultless()
  },
)
