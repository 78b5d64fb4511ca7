import { createHash } from 'node:crypto'

/** UUIDv5 of https://plumbline.dev/ns/oscal in the namespace of URLs (RFC 9562). */
const namespace = Buffer.from('9b9f2be7399a57708b337438f7c1126c', 'hex')

/** What a UUID may be of: a document, or a thing of the run in one. */
export type Thing =
  | 'document' | 'resource' | 'component' | 'assessment-platform' | 'activity' | 'step' | 'task' | 'result' | 'log-entry' | 'observation' | 'finding' | 'poam-item' | 'risk'

/** UUIDv5 from the run, what it is of, and that thing's own name: the same results have the same UUIDs, in every document that speaks of the thing. */
export function uuidOf({ runId }: { readonly runId: string }, thing: Thing, ...name: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(JSON.stringify([runId, thing, ...name])).digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
