import { GetObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

interface Version { id: string, body: string | undefined }

/** A versioned bucket in memory behind the client of the real store. Any other request rejects. */
export function versionedBucket() {
  const objects = new Map<string, Version[]>()
  const add = (key: string, body: string | undefined): void => {
    const versions = objects.get(key) ?? []
    objects.set(key, [...versions, { id: `v${String(versions.length)}`, body }])
  }
  const keys = (prefix: string): string[] => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort()
  const textOf = ({ Key = '', VersionId }: { Key?: string | undefined, VersionId?: string | undefined }): string | undefined => {
    const versions = objects.get(Key) ?? []
    return (VersionId === undefined ? versions.at(-1) : versions.find(({ id }) => id === VersionId))?.body
  }
  const answerTo = (command: unknown): unknown => {
    if (command instanceof PutObjectCommand && typeof command.input.Body === 'string') {
      add(command.input.Key ?? '', command.input.Body)
      return {}
    }
    if (command instanceof GetObjectCommand) return { Body: { transformToString: async () => Promise.resolve(textOf(command.input)) } }
    if (command instanceof ListObjectsV2Command) return { Contents: keys(command.input.Prefix ?? '').filter((key) => objects.get(key)?.at(-1)?.body !== undefined).map((Key) => ({ Key })) }
    if (command instanceof ListObjectVersionsCommand) {
      return { Versions: keys(command.input.Prefix ?? '').flatMap((Key) => (objects.get(Key) ?? []).filter(({ body }) => body !== undefined).toReversed().map(({ id }) => ({ Key, VersionId: id }))) }
    }
    throw new Error('the bucket in memory knows no such request')
  }
  const client = new S3Client({ region: 'us-east', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  Object.assign(client, { send: async (command: unknown) => Promise.resolve().then(() => answerTo(command)) })
  return { client, keys, overwrite: add, hide: (key: string) => { add(key, undefined) } }
}
