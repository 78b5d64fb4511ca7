import { sign, verify } from 'node:crypto'
import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { preAuthEncoding } from '../../../reports/sealing/attestation.ts'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { CommandFailure } from '../../console/failure.ts'
import { keyidOfPerson, publicKeyOf } from '../people/people.ts'
import type { Person } from '../people/people.ts'
import type { Signer } from '../people/signer.ts'

/** A DSSE envelope around one JSON document, with one person's signature. */
export const envelopeSchema = z.strictObject({
  payloadType: z.string(),
  payload: z.base64(),
  signatures: z.array(z.strictObject({ keyid: z.string(), sig: z.base64() })).length(1),
})
export type Envelope = z.infer<typeof envelopeSchema>

export function signed(payloadType: string, document: unknown, signer: Signer): Envelope {
  const body = Buffer.from(canonicalJson(document))
  const sig = sign(null, preAuthEncoding(payloadType, body), signer.privateKey).toString('base64')
  return { payloadType, payload: body.toString('base64'), signatures: [{ keyid: keyidOfPerson(signer), sig }] }
}

/**
 * The document of an envelope and the registered person who signed it. Throws a CommandFailure (exit code 5) when the signature is nobody's
 * or not over this document; `where` says which object it was.
 */
export function opened(envelope: unknown, { payloadType, people, where }: { payloadType: string, people: readonly Person[], where: string }): { document: unknown, by: Person } {
  const { payloadType: type, payload, signatures: [signature] } = envelopeSchema.parse(envelope)
  const by = people.find((person) => keyidOfPerson(person) === signature?.keyid)
  if (by === undefined) throw broken(where, `it is signed with the key ${signature?.keyid ?? ''}, which belongs to nobody in this installation`)
  const body = Buffer.from(payload, 'base64')
  if (type !== payloadType) throw broken(where, `it says it is ${type}, expected ${payloadType}`)
  if (!verify(null, preAuthEncoding(type, body), publicKeyOf(by), Buffer.from(signature?.sig ?? '', 'base64'))) {
    throw broken(where, `the signature of ${by.name} does not fit what it says: it was changed after it was signed`)
  }
  return { document: JSON.parse(body.toString('utf8')), by }
}

function broken(where: string, why: string): CommandFailure {
  return new CommandFailure(`${where} cannot be trusted: ${why}. Nothing was done with it; ask for a new one.`, exitCodes.integrity)
}
