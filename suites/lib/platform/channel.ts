import { z } from 'zod'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { Platform } from './platform.ts'

/** One message that arrived in the platform channel. */
export interface ChannelMessage {
  /** When the channel took it, by its own clock. ISO 8601. */
  at: string
  /** All of its text: of the message, its attachments and their fields. */
  text: string
  payload: unknown
}

export interface Channel {
  /** Messages that arrived at or after `since`, oldest first. None is an answer. */
  messages: (since: Date) => Promise<ChannelMessage[]>
}

const messagesSchema = z.array(z.object({ at: z.iso.datetime(), text: z.string(), payload: z.unknown() }))

/** The platform channel, read back. Rejects with IndeterminateError when the run was not told where it can be read, or it does not answer. */
export function channelOn({ channel }: Pick<Platform, 'channel'>): Channel {
  return {
    messages: async (since) => {
      if (channel === undefined) {
        throw new IndeterminateError('expected to read the platform channel back, but this run was not told where; a channel of a real team can be written to and not read, so name one that can')
      }
      const url = new URL(channel.readUrl)
      url.searchParams.set('since', since.toISOString())
      const answer = await read(url)
      const parsed = messagesSchema.safeParse(answer)
      if (!parsed.success) throw new IndeterminateError(`expected the platform channel to answer with its messages, but the answer has another shape (${parsed.error.issues[0]?.message ?? 'unknown'})`)
      // The channel may be coarser than what was asked for.
      return parsed.data.filter(({ at }) => Date.parse(at) >= since.getTime()).sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    },
  }
}

async function read(url: URL): Promise<unknown> {
  try {
    const answer = await fetch(url, { signal: deadline(budgets.apiRequest) })
    if (!answer.ok) throw new Error(`the answer was ${answer.status}`)
    return await answer.json()
  }
  catch (error) {
    throw new IndeterminateError(`expected to read the platform channel at ${url.origin}, but ${sentenceOf(error)}; see whether it runs`)
  }
}
