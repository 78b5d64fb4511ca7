import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

/** A bucket in memory behind the client of the real store: what is put is listed and read back. Any other request rejects. */
export function memoryBucket(): { client: S3Client, objects: Map<string, string> } {
  const objects = new Map<string, string>()
  const client = new S3Client({ region: 'us-east', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  const answer = async (command: unknown): Promise<unknown> => {
    await Promise.resolve()
    if (command instanceof PutObjectCommand && typeof command.input.Body === 'string') return objects.set(command.input.Key ?? '', command.input.Body)
    if (command instanceof GetObjectCommand) return { Body: { transformToString: async () => Promise.resolve(objects.get(command.input.Key ?? '')) } }
    if (command instanceof ListObjectsV2Command) return { Contents: [...objects.keys()].filter((key) => key.startsWith(command.input.Prefix ?? '')).map((Key) => ({ Key })) }
    throw new Error('the bucket in memory knows no such request')
  }
  Object.assign(client, { send: answer })
  return { client, objects }
}
