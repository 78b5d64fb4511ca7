import { sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Results } from '../model/results.ts'
import { canonicalJson } from './canonical.ts'
import type { SigningKey } from './keys.ts'
import { manifestName } from './manifest.ts'

export const payloadType = 'application/vnd.in-toto+json'
export const statementType = 'https://in-toto.io/Statement/v1'
export const predicateType = 'https://in-toto.io/attestation/test-result/v0.1'

export const envelopeSchema = z.strictObject({
  payloadType: z.literal(payloadType),
  payload: z.base64(),
  signatures: z.array(z.strictObject({ keyid: z.string(), sig: z.base64() })).length(1),
})
export type Envelope = z.infer<typeof envelopeSchema>

const digests = z.record(z.string(), z.string())

/** in-toto Statement v1 about the manifest, with the test-result v0.1 predicate. */
export const statementSchema = z.strictObject({
  _type: z.literal(statementType),
  subject: z.array(z.strictObject({ name: z.string(), digest: digests })).min(1),
  predicateType: z.literal(predicateType),
  predicate: z.strictObject({
    /** PASSED for a conformant run only: nothing that was not observed may be read as a pass by a policy engine. */
    result: z.enum(['PASSED', 'FAILED']),
    configuration: z.array(z.strictObject({ name: z.string(), digest: digests.optional(), annotations: digests.optional() })),
    passedTests: z.array(z.string()),
    warnedTests: z.array(z.string()),
    failedTests: z.array(z.string()),
  }),
})
export type Statement = z.infer<typeof statementSchema>

const gitCommit = /^[0-9a-f]{40}$/

/** What is signed: the manifest (and by it every file), the outcome of each case, and what the run was made with. */
export function statementOf(results: Results, digestOf: { readonly manifest: string, readonly results: string }): Statement {
  const ids = (...wanted: readonly string[]) => results.cases.filter((one) => wanted.includes(one.verdict)).map((one) => one.id)
  const commit = results.verifier['commit']
  const { target, profile, verdict, runId } = results
  return {
    _type: statementType,
    subject: [{ name: manifestName, digest: { sha256: digestOf.manifest } }],
    predicateType,
    predicate: {
      result: verdict === 'conformant' ? 'PASSED' : 'FAILED',
      configuration: [
        { name: 'results.json', digest: { sha256: digestOf.results }, annotations: { target, profile, verdict, runId } },
        ...(typeof commit === 'string' && gitCommit.test(commit) ? [{ name: 'plumbline', digest: { gitCommit: commit } }] : []),
      ],
      passedTests: ids('satisfied', 'not-applicable'),
      warnedTests: ids('waived', 'stale', 'not-run', 'indeterminate'),
      failedTests: ids('violated'),
    },
  }
}

/** DSSE 1.0 pre-authentication encoding: the type is inside what is signed. */
export function preAuthEncoding(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body])
}

/** The signed envelope, canonical JSON. */
export function sealed(statement: Statement, key: SigningKey): string {
  const body = Buffer.from(canonicalJson(statement))
  const sig = sign(null, preAuthEncoding(payloadType, body), key.privateKey).toString('base64')
  const envelope: Envelope = { payloadType, payload: body.toString('base64'), signatures: [{ keyid: key.keyid, sig }] }
  return canonicalJson(envelope)
}

/** Whether the envelope's signature was made by this key. The type is a part of what is checked. */
export function isSignedBy(envelope: Envelope, publicKey: KeyObject): boolean {
  const body = Buffer.from(envelope.payload, 'base64')
  return envelope.signatures.every(({ sig }) => verify(null, preAuthEncoding(envelope.payloadType, body), publicKey, Buffer.from(sig, 'base64')))
}
