import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { faultsAmong, judgeLogin } from '../lib/login.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'

test(
  'in every environment the same name leads to the data store, and the environment\'s own role works there over TLS that was verified',
  { tags: ['FR-006'] },
  async ({ platform, traffic, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    // A session shows its TLS to its own login role alone, so it steps back from the group that it acts as.
    const own = await dataStore.own("set role none; select concat_ws(' ', session_user, current_database(), (select version from pg_stat_ssl where pid = pg_backend_pid() and ssl))")
    evidence.observe('each environment\'s own login at its own name of the data store; the answer is the role, the database and the version of TLS', {
      endpoints: Object.fromEntries(environmentNames.map((environment) => {
        const { host, port, serverName } = dataStore.endpointIn(environment)
        return [environment, { host, port, serverName }]
      })),
      logins: [...own.values()],
    })

    expect(faultsAmong(environmentNames.flatMap((environment) => {
      const [attempt, { username, database }] = [own.get(environment), dataStore.loginOf(environment)]
      const other = [...own].find(([name, { outcome }]) => name !== environment && outcome === 'answered')?.[1]
      return attempt === undefined ? [] : [judgeLogin(attempt, { end: 'answered', saying: new RegExp(`^${username} ${database} TLSv1\\.[23]$`) }, other)]
    }))).toBeFaultless()
  },
)
