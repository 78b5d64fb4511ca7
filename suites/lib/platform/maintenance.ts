import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { RehearsalOffer } from '../rehearsals.ts'

/** A maintenance of the machine of one node, that was announced on request. */
export interface AnnouncedMaintenance {
  id: number
  /** Moves it on, as Linode does when its people begin and end their work. */
  becomes: (status: 'started' | 'completed') => Promise<void>
}

const noticeSchema = z.looseObject({ id: z.int() })

/** Has a maintenance announced for a node, by its name. Rejects with IndeterminateError where nobody announces on request: only a sandbox does. */
export async function announceMaintenance(offer: RehearsalOffer, node: string): Promise<AnnouncedMaintenance> {
  const { faults: admin } = offer
  if (admin === undefined) throw new IndeterminateError('expected the target of this run to offer maintenances of nodes on request; only a sandbox does')
  const { id } = noticeSchema.parse(await ask(admin, { method: 'POST', path: '/maintenance', body: { node, type: 'reboot', inSeconds: 60 } }))
  return { id, becomes: async (status) => { await ask(admin, { method: 'PUT', path: `/maintenance/${String(id)}`, body: { status } }) } }
}

async function ask({ url, token }: NonNullable<RehearsalOffer['faults']>, { method, path, body }: { method: 'POST' | 'PUT', path: string, body: object }): Promise<unknown> {
  const address = `${url.replace(/\/$/, '')}${path}`
  const answer = await fetch(address, { method, headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body), signal: deadline(budgets.linodeRequest) }).catch((error: unknown) => {
    throw new IndeterminateError(`expected to announce a maintenance at ${address}, but there was no answer (${sentenceOf(error)})`)
  })
  if (!answer.ok) throw new IndeterminateError(`expected to announce a maintenance at ${address}, but the answer was ${String(answer.status)} ${(await answer.text()).slice(0, 200)}`)
  return await answer.json()
}
