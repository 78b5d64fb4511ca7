import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { Decrypter, Encrypter, armor } from 'age-encryption'
import { ulid } from 'ulid'
import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { settleAll } from '../pipeline/concurrency.ts'
import { identityMissing } from './identity.ts'
import type { AgeIdentity } from './identity.ts'
import { idOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'
import { describe, metadataSchema } from './metadata.ts'
import type { SecretVersion } from './metadata.ts'

type Values = Record<string, string>

/**
 * The secrets bucket: per version `<namespace>/<name>/<ULID>.age` (the values as JSON, age-encrypted, armored) and `<ULID>.json` beside it
 * (metadata without a value). What is written is encrypted on this machine; the object store never sees a value.
 */
export interface SecretStore {
  /** Every version of every secret, newest first; reads no value and needs no identity. */
  versions(): Promise<SecretVersion[]>
  /** Values of the newest version, undefined when there is none. Rejects when the identity does not open it. */
  current(namespace: string, name: string): Promise<Values | undefined>
  /** Values of one version. */
  read(version: Pick<SecretVersion, 'namespace' | 'name' | 'version' | 'recipient'>): Promise<Values>
  /** Stores a new version, which is the current one from then on. */
  put(secret: BaselineSecret, values: Values, entropyBits: number): Promise<SecretVersion>
  /** Notes that a version is accepted nowhere any more. */
  retire(version: SecretVersion): Promise<void>
}

/** Without an identity only the metadata can be read. */
export interface StoreAccess { client: S3Client, bucket: string, identity: AgeIdentity | undefined }

const readsAtOnce = 8

export function openStore({ client, bucket: Bucket, identity }: StoreAccess): SecretStore {
  const text = async (key: string): Promise<string> => {
    const { Body } = await answer(`read ${key}`, Bucket, client.send(new GetObjectCommand({ Bucket, Key: key })))
    return await Body?.transformToString('utf8') ?? ''
  }
  const write = async (key: string, body: string, type: string): Promise<void> => {
    await answer(`write ${key}`, Bucket, client.send(new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType: type })))
  }
  const keys = async (prefix: string): Promise<string[]> => {
    const found: string[] = []
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const page: { Contents?: { Key?: string | undefined }[] | undefined, NextContinuationToken?: string | undefined } = await answer('list', Bucket, client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token })))
      found.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
      token = page.NextContinuationToken
    }
    return found
  }
  /** A version counts once both of its objects are there; the metadata is written last. */
  const versionsBelow = async (prefix: string): Promise<SecretVersion[]> => {
    const present = new Set(await keys(prefix))
    const whole = [...present].filter((key) => key.endsWith('.json') && present.has(ciphertextKey(key)))
    const read = await settleAll(whole, readsAtOnce, async (key) => metadataSchema.parse(JSON.parse(await text(key))))
    return read.map((one, index) => {
      if (one.status === 'fulfilled') return one.value
      throw new CommandFailure(`The object ${whole[index] ?? ''} of the bucket ${Bucket} is not the metadata of a secret: ${sentenceOf(one.reason)}`, exitCodes.integrity)
    }).sort((a, b) => a.version < b.version ? 1 : -1)
  }
  const read: SecretStore['read'] = async (version) => {
    if (identity === undefined) throw identityMissing([version.recipient])
    if (identity.recipient !== version.recipient) throw wrongIdentity(version, identity)
    return decrypted(await text(`${placeOf(version)}.age`), identity, placeOf(version))
  }
  return {
    versions: () => versionsBelow(''),
    read,
    current: async (namespace, name) => {
      const [newest] = await versionsBelow(`${namespace}/${name}/`)
      return newest === undefined ? undefined : read(newest)
    },
    put: async (secret, values, entropyBits) => {
      if (identity === undefined) throw new Error(`Expected an age identity to encrypt ${idOf(secret)} for, got none.`)
      const { recipient, fingerprintKey } = identity
      const version = describe(secret, values, { version: ulid(), createdAt: new Date().toISOString(), entropyBits, recipient, fingerprintKey })
      await write(`${placeOf(version)}.age`, await encrypted(values, recipient), 'text/plain')
      await write(`${placeOf(version)}.json`, JSON.stringify(version), 'application/json')
      return version
    },
    retire: async (version) => {
      await write(`${placeOf(version)}.json`, JSON.stringify({ ...version, retiredAt: new Date().toISOString() }), 'application/json')
    },
  }
}

function placeOf({ namespace, name, version }: { namespace: string, name: string, version: string }): string {
  return `${namespace}/${name}/${version}`
}

function ciphertextKey(metadataKey: string): string {
  return metadataKey.replace(/\.json$/, '.age')
}

async function encrypted(values: Values, recipient: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return armor.encode(await encrypter.encrypt(JSON.stringify(values)))
}

async function decrypted(ciphertext: string, identity: AgeIdentity, place: string): Promise<Values> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity.secret)
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(await decrypter.decrypt(armor.decode(ciphertext), 'text')))
  } catch {
    // Nothing of the cause: it may quote what was decrypted.
    throw new CommandFailure(`The object ${place}.age does not open with the age identity of ${identity.from}, though it is meant for it: the object is damaged. Restore it from another version of the object, or rotate the secret.`, exitCodes.integrity)
  }
}

function wrongIdentity(version: { namespace: string, name: string, version: string, recipient: string }, identity: AgeIdentity): CommandFailure {
  return new CommandFailure(
    `${placeOf(version)} is encrypted for ${version.recipient}, and the identity of ${identity.from} is that of ${identity.recipient}. Use the identity that it was encrypted for; docs/platform/secrets.md says what to do when that is lost.`,
    exitCodes.usage,
  )
}

async function answer<T>(what: string, bucket: string, request: Promise<T>): Promise<T> {
  return request.catch((error: unknown) => {
    throw new CommandFailure(`The object store did not ${what} in the bucket ${bucket}: ${sentenceOf(error)}. Check that the bucket exists (\`npx plumbline provision\` makes it) and that the key may use it.`, exitCodes.partial)
  })
}
