import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { ulid } from 'ulid'
import { z } from 'zod'
import { CommandFailure, UsageFailure, sentenceOf } from '../../console/failure.ts'
import { personNamed } from '../people/people.ts'
import type { Person, Role } from '../people/people.ts'
import type { Signer } from '../people/signer.ts'
import { putLocked } from '../pipeline/object-storage.ts'
import { approvalSchema, approvalType, noteSchema, noteType, requestSchema, requestType } from './documents.ts'
import type { Approval, Dossier, Note, Request, RequestKind } from './documents.ts'
import { refuseApprover } from './judge.ts'
import { opened, signed } from './signed.ts'

/** The part of the audit bucket with requests and what became of them: `approvals/<id>/{request,approval-<name>,note-<what>-<ULID>}.json`. */
export const approvalsPrefix = 'approvals/'

export interface ApprovalsAccess { client: S3Client, audit: { bucket: string, retentionDays: number }, people: readonly Person[] }

export type Asked = Pick<Request, 'kind' | 'reason' | 'digest' | 'details'> & { description: readonly string[], validForMinutes: number }

/** Requests, approvals and notes in the locked audit bucket: nobody takes back or rewrites what was asked or approved. */
export function approvals({ client, audit, people }: ApprovalsAccess) {
  const { bucket, retentionDays } = audit
  const put = async (key: string, payloadType: string, { document, signer }: { document: unknown, signer: Signer }): Promise<void> =>
    putLocked(client, { bucket, key: `${approvalsPrefix}${key}`, document: signed(payloadType, document, signer), retentionDays })

  const read = async <T>(key: string, payloadType: string, { schema, signedBy }: { schema: z.ZodType<T>, signedBy: (document: T) => string }): Promise<T> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    const where = `${bucket}/${key}`
    const { document, by } = opened(JSON.parse(await Body?.transformToString('utf8') ?? 'null'), { payloadType, people, where })
    const parsed = schema.parse(document)
    if (signedBy(parsed) !== by.name) throw new UsageFailure(`${where} says it is by ${signedBy(parsed)}, but ${by.name} signed it: it does not count. Ask for a new one.`)
    return parsed
  }

  const keysBelow = async (prefix: string): Promise<string[]> => {
    const found: string[] = []
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const page: { Contents?: { Key?: string | undefined }[] | undefined, NextContinuationToken?: string | undefined } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
      found.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
      token = page.NextContinuationToken
    }
    return found
  }

  const requestOf = async (id: string, keys: readonly string[]): Promise<Request> => {
    const requestKey = keys.find((key) => key === `${approvalsPrefix}${id}/request.json`)
    if (requestKey === undefined) throw new UsageFailure(`There is no request ${JSON.stringify(id)} in ${bucket}: the lists of \`npx plumbline override list\` and \`npx plumbline change list\` name them.`)
    return read(requestKey, requestType, { schema: requestSchema, signedBy: ({ author }) => author })
  }

  const dossier = async (id: string, keys: readonly string[]): Promise<Dossier> => {
    const of = (name: string) => keys.filter((key) => key.startsWith(`${approvalsPrefix}${id}/${name}`))
    return {
      request: await requestOf(id, keys),
      approvals: await Promise.all(of('approval-').map(async (key) => read(key, approvalType, { schema: approvalSchema, signedBy: ({ approver }) => approver }))),
      notes: (await Promise.all(of('note-').map(async (key) => read(key, noteType, { schema: noteSchema, signedBy: ({ by }) => by })))).sort((a, b) => a.at < b.at ? -1 : 1),
    }
  }

  return {
    /** Stores a request; resolves with it. */
    request: async ({ validForMinutes, ...asked }: Asked, author: Signer): Promise<Request> => {
      const now = Date.now()
      const request: Request = {
        schemaVersion: '1.0.0', id: ulid(now), author: author.name, createdAt: new Date(now).toISOString(), expiresAt: new Date(now + validForMinutes * 60_000).toISOString(), ...asked, description: [...asked.description],
      }
      await put(`${request.id}/request.json`, requestType, { document: requestSchema.parse(request), signer: author })
      return request
    },

    /** Stores somebody's yes. Rejects with a UsageFailure when they may not say it. */
    approve: async (id: string, approver: Signer, role: Role): Promise<Dossier> => {
      const found = await dossier(id, await keysBelow(`${approvalsPrefix}${id}/`))
      refuseApprover(found.request, personNamed(people, approver.name), { role, people, now: new Date() })
      const approval: Approval = { schemaVersion: '1.0.0', request: id, digest: found.request.digest, approver: approver.name, approvedAt: new Date().toISOString() }
      await put(`${id}/approval-${approver.name}.json`, approvalType, { document: approval, signer: approver })
      return { ...found, approvals: [...found.approvals, approval] }
    },

    /** Stores what became of a request. */
    note: async (id: string, what: string, { details, by }: { details: unknown, by: Signer }): Promise<Note> => {
      const note: Note = noteSchema.parse({ schemaVersion: '1.0.0', request: id, what, by: by.name, at: new Date().toISOString(), details })
      await put(`${id}/note-${what}-${ulid()}.json`, noteType, { document: note, signer: by })
      return note
    },

    /** Rejects with a UsageFailure for an unknown id, a CommandFailure (exit code 5) when something in it was changed. */
    read: async (id: string): Promise<Dossier> => dossier(id, await keysBelow(`${approvalsPrefix}${id}/`)),

    /**
     * Every request of a kind, oldest first. One that cannot be trusted, such as one by somebody who has left the installation, is told to
     * `untrusted` and left out, so that it does not hide all others; without `untrusted` it rejects.
     */
    list: async (kind: RequestKind, untrusted?: (id: string, why: string) => void): Promise<Dossier[]> => {
      const keys = await keysBelow(approvalsPrefix)
      const ids = [...new Set(keys.map((key) => key.slice(approvalsPrefix.length).split('/')[0] ?? ''))].sort()
      const ofKind = async (id: string): Promise<Dossier[]> => (await requestOf(id, keys)).kind === kind ? [await dossier(id, keys)] : []
      return (await Promise.all(ids.map(async (id) => ofKind(id).catch((error: unknown) => {
        // A document of another shape was written by another version.
        if (untrusted === undefined || !(error instanceof CommandFailure || error instanceof z.ZodError)) throw error
        untrusted(id, `${approvalsPrefix}${id}: ${sentenceOf(error)}`)
        return []
      })))).flat()
    },
  }
}

export type Approvals = ReturnType<typeof approvals>
