import { Agent } from 'node:https'
import { rootCertificates } from 'node:tls'
import {
  GetBucketVersioningCommand, GetObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, S3Client, S3ServiceException,
} from '@aws-sdk/client-s3'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import type { PlatformOutputs } from './outputs.ts'

/** One version, or delete marker, of an object. */
export interface ObjectVersion {
  key: string
  versionId: string
  at: Date
  size: number
  latest: boolean
  deleted: boolean
}

interface ListedVersion {
  Key?: string | undefined
  VersionId?: string | undefined
  LastModified?: Date | undefined
  Size?: number | undefined
  IsLatest?: boolean | undefined
}

/** A bucket as the suites use it: to read, which is all that their key may do. Every method rejects with IndeterminateError when the store does not answer or refuses. */
export class Bucket {
  readonly name: string
  private readonly client: S3Client
  private readonly signal: AbortSignal | undefined

  constructor(client: S3Client, name: string, signal?: AbortSignal) {
    this.client = client
    this.name = name
    this.signal = signal
  }

  /** `Enabled`, `Suspended`, or `never enabled`. */
  async versioning(): Promise<string> {
    const answer = await this.ask('read the versioning', (abortSignal) => this.client.send(new GetBucketVersioningCommand({ Bucket: this.name }), { abortSignal }))
    return answer.Status ?? 'never enabled'
  }

  /** Every version and delete marker of the keys that begin with `prefix`, newest first per key, as the store lists them. */
  async versions(prefix: string): Promise<ObjectVersion[]> {
    const found: ObjectVersion[] = []
    let page: { KeyMarker?: string | undefined, VersionIdMarker?: string | undefined } | undefined = {}
    while (page !== undefined) {
      const next: { KeyMarker?: string | undefined, VersionIdMarker?: string | undefined } = page
      const answer = await this.ask(`list the versions of ${prefix}`, (abortSignal) =>
        this.client.send(new ListObjectVersionsCommand({ Bucket: this.name, Prefix: prefix, ...next }), { abortSignal }))
      const read = (deleted: boolean) => (entry: ListedVersion): ObjectVersion =>
        ({ key: entry.Key ?? '', versionId: entry.VersionId ?? '', at: entry.LastModified ?? new Date(0), size: entry.Size ?? 0, latest: entry.IsLatest ?? false, deleted })
      found.push(...(answer.Versions ?? []).map(read(false)), ...(answer.DeleteMarkers ?? []).map(read(true)))
      page = answer.IsTruncated === true ? { KeyMarker: answer.NextKeyMarker, VersionIdMarker: answer.NextVersionIdMarker } : undefined
    }
    return found
  }

  /** Keys below a prefix with their time, oldest first. */
  async list(prefix: string): Promise<{ key: string, at: Date }[]> {
    const found: { key: string, at: Date }[] = []
    let token: string | undefined
    do {
      const ContinuationToken: string | undefined = token
      const answer = await this.ask(`list ${prefix}`, (abortSignal) =>
        this.client.send(new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix, ContinuationToken }), { abortSignal }))
      found.push(...(answer.Contents ?? []).map((entry) => ({ key: entry.Key ?? '', at: entry.LastModified ?? new Date(0) })))
      token = answer.NextContinuationToken
    } while (token !== undefined)
    return found.sort((a, b) => a.at.getTime() - b.at.getTime())
  }

  async bytes(key: string, versionId?: string): Promise<Buffer> {
    return await this.ask(`read ${key}`, async (abortSignal) => {
      const answer = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key, VersionId: versionId }), { abortSignal })
      return Buffer.from(await answer.Body?.transformToByteArray() ?? [])
    })
  }

  async text(key: string, versionId?: string): Promise<string> {
    return await this.ask(`read ${key}`, async (abortSignal) => {
      const answer = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key: key, VersionId: versionId }), { abortSignal })
      return await answer.Body?.transformToString('utf8') ?? ''
    })
  }

  private async ask<T>(what: string, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await request(deadline(budgets.storageRequest, this.signal))
    }
    catch (error) {
      throw this.failure(what, error)
    }
  }

  private failure(what: string, error: unknown): IndeterminateError {
    const status = error instanceof S3ServiceException ? ` ${error.$metadata.httpStatusCode ?? ''} ${error.name}` : ''
    return new IndeterminateError(`expected to ${what} in bucket ${this.name}, but the store answered${status} (${sentenceOf(error)}); check the store and the rights of the key in the outputs`)
  }
}

/**
 * A client for the store that an output names. `authorities` are PEM certificates trusted beside the usual ones. What is observed is asked once; who writes or
 * clears away asks again when the store says so ("InternalError … please try again").
 */
export function storageClient(place: { endpoint: string, region: string }, key: PlatformOutputs['object_storage_key'], authorities: string, maxAttempts = 1): S3Client {
  const endpoint = place.endpoint.includes('://') ? place.endpoint : `https://${place.endpoint}`
  return new S3Client({
    endpoint,
    region: place.region,
    forcePathStyle: true,
    credentials: { accessKeyId: key.access_key, secretAccessKey: key.secret_key },
    maxAttempts,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: budgets.storageRequest.milliseconds,
      requestTimeout: budgets.storageRequest.milliseconds,
      ...(authorities === '' ? {} : { httpsAgent: new Agent({ ca: [...rootCertificates, authorities] }) }),
    },
  })
}
