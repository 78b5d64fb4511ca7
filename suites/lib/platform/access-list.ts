import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Provided } from '../provided.ts'

const schema = z.object({ acl: z.object({ enabled: z.boolean(), addresses: z.object({ ipv4: z.array(z.string()), ipv6: z.array(z.string()) }) }) })

/** Who may open a connection to the API server at all, as CIDR ranges. */
export type AccessList = z.infer<typeof schema>['acl']

/** The control-plane access list of a cluster, by its path such as `/lke/clusters/1`. Rejects with IndeterminateError when the Linode API does not tell it. */
export async function accessList({ url, token }: Provided['linode'], cluster: string): Promise<AccessList> {
  const answer = await fetch(new URL(`/v4${cluster}/control_plane_acl`, url), { headers: { Authorization: `Bearer ${token}` }, signal: deadline(budgets.linodeRequest) }).catch((error: unknown) => {
    throw new IndeterminateError(`expected to read the control-plane access list through the Linode API at ${url}, but there was no answer (${sentenceOf(error)})`)
  })
  const parsed = schema.safeParse(await answer.json().catch(() => undefined))
  if (parsed.success) return parsed.data.acl
  throw new IndeterminateError(`expected to read the control-plane access list through the Linode API at ${url}, but the answer was ${String(answer.status)} and no such list`)
}
