import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { decodeTime } from 'ulid'
import { approvalsPrefix } from '../approvals/store.ts'
import type { RecordPlace } from '../access/records.ts'

/** Notes on a request for break-glass. */
export const openedNote = 'break-glass-opened'
export const closedNote = 'break-glass-closed'

export interface OpenBreakGlass {
  /** Id of the request. */
  request: string
  openedAt: string
}

/** Which requests were opened and not closed, by the names of their notes in the audit bucket, oldest first. */
export async function breakGlassOpen({ client, audit: { bucket } }: Pick<RecordPlace, 'client' | 'audit'>): Promise<OpenBreakGlass[]> {
  const keys: string[] = []
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page: { Contents?: { Key?: string | undefined }[] | undefined, NextContinuationToken?: string | undefined } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: approvalsPrefix, ContinuationToken: token }))
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
    token = page.NextContinuationToken
  }
  return openIn(keys)
}

const noteKey = new RegExp(`^${approvalsPrefix}([^/]+)/note-(${openedNote}|${closedNote})-([0-9A-Z]{26})\\.json$`)

/** As breakGlassOpen, of these keys. */
export function openIn(keys: readonly string[]): OpenBreakGlass[] {
  const notes = keys.flatMap((key) => {
    const [, request, what, at] = noteKey.exec(key) ?? []
    return request === undefined || at === undefined ? [] : [{ request, what, at: decodeTime(at) }]
  })
  const closed = new Set(notes.filter(({ what }) => what === closedNote).map(({ request }) => request))
  return notes.filter(({ what, request }) => what === openedNote && !closed.has(request))
    .sort((a, b) => a.at - b.at)
    .map(({ request, at }) => ({ request, openedAt: new Date(at).toISOString() }))
}
