import { z } from 'zod'
import { sentenceOf } from '../../console/failure.ts'
import type { Installation } from './installation.ts'

const pageSchema = z.object({ data: z.array(z.looseObject({})), pages: z.int() })
const refusalSchema = z.object({ errors: z.array(z.object({ reason: z.string() })) })
const requestTimeoutMilliseconds = 30_000
const pageSize = 100

/** The account as the Linode API has it, for what Terraform does not know. Every call rejects with what the API said. */
export interface LinodeAccount {
  /** Every object of a collection such as /lke/clusters. */
  list: (path: string) => Promise<Readonly<Record<string, unknown>>[]>
  read: (path: string) => Promise<unknown>
  /** Harmless when it is gone already. */
  remove: (path: string) => Promise<void>
}

export function linodeAccount({ terraformEnvironment }: Pick<Installation, 'terraformEnvironment'>): LinodeAccount {
  const { LINODE_URL: url = 'https://api.linode.com', LINODE_TOKEN: token = '' } = terraformEnvironment
  const ask = async (method: 'GET' | 'DELETE', path: string): Promise<{ status: number, body: unknown }> => {
    const address = new URL(`/v4${path}`, url)
    const response = await fetch(address, { method, headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(requestTimeoutMilliseconds) })
      .catch((error: unknown) => { throw new Error(`the Linode API did not answer ${method} ${path}: ${sentenceOf(error)}`) })
    return { status: response.status, body: await response.json().catch((): unknown => ({})) }
  }
  const read = async (path: string): Promise<unknown> => {
    const { status, body } = await ask('GET', path)
    if (status !== 200) throw new Error(`the Linode API answered GET ${path} with ${status} (${reasonIn(body)}); expected 200`)
    return body
  }
  return {
    read,
    list: async (path) => {
      const found: Readonly<Record<string, unknown>>[] = []
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const answer = pageSchema.parse(await read(`${path}?page=${page}&page_size=${pageSize}`))
        found.push(...answer.data)
        pages = answer.pages
      }
      return found
    },
    remove: async (path) => {
      const { status, body } = await ask('DELETE', path)
      if (status !== 200 && status !== 204 && status !== 404) throw new Error(`the Linode API answered DELETE ${path} with ${status} (${reasonIn(body)})`)
    },
  }
}

function reasonIn(body: unknown): string {
  const parsed = refusalSchema.safeParse(body)
  return parsed.success ? parsed.data.errors.map(({ reason }) => reason).join('; ') : 'without a reason'
}
