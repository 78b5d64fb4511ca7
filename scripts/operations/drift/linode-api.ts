import { z } from 'zod'
import { sentenceOf } from '../../console/failure.ts'
import type { Installation } from '../pipeline/installation.ts'

const pageSchema = z.object({ data: z.array(z.record(z.string(), z.unknown())), pages: z.number(), page: z.number() })
export type LinodeObject = z.infer<typeof pageSchema>['data'][number]

/** Lists of the Linode API, whole. Rejects with what was asked and what was answered. */
export interface LinodeLists { list(path: string): Promise<LinodeObject[]>, first(path: string): Promise<LinodeObject[]> }

const requestTimeoutMilliseconds = 15_000
/** As much as a page may hold. */
const pageSize = 500

export function linodeLists({ terraformEnvironment }: Pick<Installation, 'terraformEnvironment'>, version: 'v4' | 'v4beta', signal?: AbortSignal): LinodeLists {
  const { LINODE_URL: url = 'https://api.linode.com', LINODE_TOKEN: token = '' } = terraformEnvironment
  const page = async (path: string, number: number): Promise<z.infer<typeof pageSchema>> => {
    const timeout = AbortSignal.timeout(requestTimeoutMilliseconds)
    const answer = await fetch(new URL(`/${version}${path}?page=${String(number)}&page_size=${String(pageSize)}`, url), {
      headers: { authorization: `Bearer ${token}` }, signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    }).catch((error: unknown) => {
      throw new Error(`the Linode API at ${url} did not answer when asked for ${path} (${sentenceOf(error)})`)
    })
    if (!answer.ok) throw new Error(`the Linode API at ${url} answered ${String(answer.status)} when asked for ${path}; ${answer.status === 401 ? 'give the token the right to read it' : 'expected 200'}`)
    return pageSchema.parse(await answer.json())
  }
  return {
    first: async (path) => (await page(path, 1)).data,
    async list(path) {
      const { data, pages } = await page(path, 1)
      for (let number = 2; number <= pages; number += 1) data.push(...(await page(path, number)).data)
      return data
    },
  }
}
