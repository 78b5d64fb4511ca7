import { z } from 'zod'
import type { OpenedWay } from '../../intent/overrides.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Operator } from '../operator.ts'

const askedSchema = z.looseObject({ id: z.ulid(), opens: z.array(z.string()) })
const openedSchema = z.looseObject({ id: z.ulid(), state: z.string(), expiresAt: z.iso.datetime() })

/** An override that was asked for through the shipped command line. */
export interface Rehearsal {
  id: string
  /** What the command said that it would open. */
  asked: z.infer<typeof askedSchema>
  /** Somebody else's approval, which opens it. Rejects with IndeterminateError when the command fails: then nothing was opened that could be judged. */
  approve: (approver: string) => Promise<{ state: string, expiresAt: Date }>
}

export interface Wish { way: OpenedWay, fromPods: string, toPods: string, author: string, reason: string }

/** Asks for an override, does `work` with it, and leaves nothing open, whatever happened. Rejects with IndeterminateError when asking fails. */
export async function rehearsing(operator: Operator, wish: Wish, work: (rehearsal: Rehearsal) => Promise<void>): Promise<void> {
  const rehearsal = await rehearse(operator, wish)
  try {
    await work(rehearsal)
  }
  finally {
    // One that is over already is refused, and that is as good.
    await operator.run('override', 'close', rehearsal.id, '--as', wish.author).catch(() => undefined)
  }
}

async function rehearse(operator: Operator, { way, fromPods, toPods, author, reason }: Wish): Promise<Rehearsal> {
  const asked = askedSchema.parse(await operator.ask(
    'override', 'request', '--from', way.from.zone, '--to', way.to.zone, '--port', String(way.port), '--protocol', way.protocol,
    '--from-pods', fromPods, '--to-pods', toPods, '--minutes', String(way.minutes), '--reason', reason, '--as', author,
  ))
  return {
    id: asked.id,
    asked,
    approve: async (approver) => {
      const { state, expiresAt } = openedSchema.parse(await operator.ask('override', 'approve', asked.id, '--as', approver))
      if (state !== 'active') throw new IndeterminateError(`expected the override ${asked.id} to be active after its approval, but it is ${state}`)
      return { state, expiresAt: new Date(expiresAt) }
    },
  }
}
