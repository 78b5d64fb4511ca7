import { z } from 'zod'
import { budgets, type Budget } from '../budgets.ts'
import { converge, deadline, type Convergence } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'

const databaseSchema = z.object({ status: z.string(), allow_list: z.array(z.string()) })
const faultsSchema = z.object({ errors: z.array(z.object({ reason: z.string() })) })

/** A managed PostgreSQL as the Linode API has it. Every method rejects with IndeterminateError when the API does not answer or refuses. */
export interface LinodeDatabase {
  read: () => Promise<{ status: string, allowList: string[] }>
  /** Asks for the end, or the start, of the server; it comes later. */
  suspend: () => Promise<void>
  resume: () => Promise<void>
  /** Waits until its status is the wanted one. */
  becomes: (status: string, budget: Budget) => Promise<Convergence<string>>
}

export function linodeDatabase({ url, token }: Provided['linode'], id: string): LinodeDatabase {
  const path = `/v4/databases/postgresql/instances/${id}`
  const ask = async (method: 'GET' | 'POST', what: string, ending = ''): Promise<unknown> => {
    const answer = await fetch(new URL(`${path}${ending}`, url), {
      method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, signal: deadline(budgets.linodeRequest),
    }).catch((error: unknown) => {
      throw new IndeterminateError(`expected to ${what} through the Linode API at ${url}, but there was no answer (${sentenceOf(error)})`)
    })
    const body: unknown = await answer.json().catch(() => ({}))
    if (answer.ok) return body
    const faults = faultsSchema.safeParse(body)
    const why = faults.success ? faults.data.errors.map(({ reason }) => reason).join('; ') : 'without a reason'
    throw new IndeterminateError(`expected to ${what} through the Linode API at ${url}, but the answer was ${answer.status} (${why}); the token needs the scope databases:read_write`)
  }
  const read = async (): Promise<{ status: string, allowList: string[] }> => {
    const { status, allow_list } = databaseSchema.parse(await ask('GET', `read database ${id}`))
    return { status, allowList: allow_list }
  }
  return {
    read,
    suspend: async () => { await ask('POST', `suspend database ${id}`, '/suspend') },
    resume: async () => { await ask('POST', `resume database ${id}`, '/resume') },
    becomes: (status, budget) => converge(async () => (await read()).status, budget, { consecutive: 1, until: (seen) => seen === status }),
  }
}

/**
 * Does `work` while the database is suspended, and asks for its resumption whatever happened. Rejects with
 * IndeterminateError when it cannot be suspended.
 */
export async function whileSuspended<T>(database: LinodeDatabase, work: () => Promise<T>): Promise<T> {
  await database.suspend()
  try {
    const stopped = await database.becomes('suspended', budgets.dataStoreStop)
    if (!stopped.converged) throw new IndeterminateError(`expected the data store to be suspended within ${budgets.dataStoreStop.milliseconds / 1000} s, but it is ${stopped.value}`)
    return await work()
  }
  finally {
    await resumeFrom(database)
  }
}

/** A database that is still being suspended cannot be resumed yet. */
async function resumeFrom(database: LinodeDatabase): Promise<void> {
  const { status } = await database.read()
  if (status === 'active' || status === 'resuming') return
  await database.becomes('suspended', budgets.dataStoreStop)
  await database.resume()
}
