import { expect, test } from '../lib/case.ts'
import { budgets } from '../lib/budgets.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { faultsAmong, isFinal, judgeLogin, wordsOf, type LoginAttempt } from '../lib/login.ts'
import { linodeDatabase, whileSuspended } from '../lib/platform/linode.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'

/** Who and where the session is, which database of all that ever had this name, and the life of the server that answers. */
const identity = `select concat_ws(' ', session_user, current_database(), (select oid from pg_database where datname = current_database()), 'of the server started',
  extract(epoch from pg_postmaster_start_time()))`

/** An answer in its two parts: what must be the same after a restart, and the life of the server, which must not. */
function partsOf({ value = '' }: LoginAttempt): { same: string, life: string } {
  const words = value.split(' ')
  return { same: words.slice(0, -1).join(' '), life: words.at(-1) ?? '' }
}

/** The fault of a login after the restart. Throws when the server that answers was never stopped. */
function faultAfter(attempt: LoginAttempt, before: LoginAttempt): string[] {
  const [was, is] = [partsOf(before), partsOf(attempt)]
  if (attempt.outcome === 'answered' && is.life === was.life) throw new IndeterminateError(`expected another life of the server after its restart, but "${attempt.what}" was answered by the same (${attempt.value ?? ''})`)
  if (attempt.outcome === 'answered' && is.same === was.same) return []
  return [`expected "${attempt.what}" to find after the restart what was there before (${was.same}), but ${attempt.value ?? wordsOf(attempt)}`]
}

test(
  'after the server behind it was stopped and started the data store answers every environment under the same name, with the same role and data',
  { tags: ['FR-006'], meta: { profile: 'nightly' } },
  async ({ platform, traffic, provided, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    const database = linodeDatabase(provided.linode, platform.outputs.database.id)
    const before = await dataStore.own(identity)
    const fault = faultsAmong([...before.values()].map((attempt) => judgeLogin(attempt, { end: 'answered' })))[0]
    if (fault !== undefined) throw new IndeterminateError(`expected the data store to answer before it is stopped, but ${fault}`)

    const during = await whileSuspended(database, () => dataStore.own(identity))
    const after = await converge(async () => [...await dataStore.own(identity)], budgets.dataStoreStart, {
      consecutive: 1, until: (logins) => logins.every(([, attempt]) => isFinal(attempt)),
    })
    // The server answers a moment before Linode says so.
    const { value: status } = await database.becomes('active', budgets.dataStoreStart)
    evidence.observe('each environment\'s own login before the stop, while the server was suspended, and after its start', {
      before: [...before.values()], during: [...during.values()], after: after.value.map(([, attempt]) => attempt), status,
    })
    evidence.timing('from the request to resume until every environment was answered', { seconds: after.milliseconds / 1000, atMost: budgets.dataStoreStart.milliseconds / 1000, attempts: after.attempts })

    const answered = [...during.values()].find(({ outcome }) => outcome === 'answered')
    if (answered !== undefined) throw new IndeterminateError(`expected nobody to be answered while the data store is suspended, but "${answered.what}" was, so nothing was restarted`)
    if (status !== 'active') throw new IndeterminateError(`expected Linode to have the data store active again within ${budgets.dataStoreStart.milliseconds / 1000} s, but it is ${status}`)
    expect(after.value.flatMap(([environment, attempt]) => {
      const was = before.get(environment)
      return was === undefined ? [] : faultAfter(attempt, was)
    })).toBeFaultless()
  },
)
