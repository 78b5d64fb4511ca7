import { createPublicKey, type KeyObject } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Results } from '../model/results.ts'
import { envelopeSchema, isSignedBy, payloadType, statementSchema, type Envelope, type Statement } from '../sealing/attestation.ts'
import { canonicalJson } from '../sealing/canonical.ts'
import { sha256 } from '../sealing/digest.ts'
import { keyidOf } from '../sealing/keys.ts'
import { attestationName, filesBelow, manifestName, manifestSchema, type Manifest } from '../sealing/manifest.ts'
import { checkAgreement } from './agreement.ts'
import { checkResults } from './content.ts'

export interface FolderCheck {
  /** One sentence each, naming the file; empty when the folder is exactly what was sealed and agrees with itself. */
  readonly findings: readonly string[]
  /** How many files were compared with their digests. */
  readonly files: number
  /** Undefined when results.json cannot be read or has another shape. */
  readonly results: Results | undefined
  readonly manifestSha256: string
  readonly envelopeSha256: string
}

/** Checks one run folder against a public key (PEM) that did not come out of it. Reads everything, writes nothing. */
export async function verifyFolder(folder: string, publicPem: string): Promise<FolderCheck> {
  const findings: string[] = []
  const key = publicKeyOf(publicPem)
  const manifestBytes = await bytesOf(folder, manifestName, findings)
  const envelopeBytes = await bytesOf(folder, attestationName, findings)
  const manifest = parsed(manifestName, manifestBytes, manifestSchema, findings)
  const envelope = parsed(attestationName, envelopeBytes, envelopeSchema, findings)
  const statement = envelope === undefined ? undefined : checkSignature(envelope, key, findings)
  checkSubject(statement, manifestBytes, findings)
  await checkPublicKey(folder, key, findings)
  if (manifest !== undefined) await checkDigests(folder, manifest, findings)
  const results = await checkResults(folder, manifest, findings)
  if (results !== undefined) checkAgreement(results, { runId: manifest?.runId, statement, keyid: keyidOf(key) }, findings)
  return {
    findings,
    files: manifest?.files.length ?? 0,
    results,
    manifestSha256: sha256(manifestBytes ?? ''),
    envelopeSha256: sha256(envelopeBytes ?? ''),
  }
}

/** Throws one sentence when the text is no public key (a private one is refused, not used). */
export function publicKeyOf(pem: string): KeyObject {
  if (pem.includes('PRIVATE KEY')) throw new Error('Expected a public key in PEM form to check against, but this is a private key; give public-key.pem or signing-key.pub.pem.')
  try {
    return createPublicKey(pem)
  } catch (thrown) {
    throw new Error('Expected a public key in PEM form to check against (-----BEGIN PUBLIC KEY-----), but this cannot be read as one.', { cause: thrown })
  }
}

async function bytesOf(folder: string, name: string, findings: string[]): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, name))
  } catch {
    findings.push(`${name} is missing or cannot be read.`)
    return undefined
  }
}

/** Parsed only when it is byte for byte what we would write: JSON and base64 have other spellings of the same content, and none was sealed. */
function parsed<T>(name: string, bytes: Buffer | undefined, schema: z.ZodType<T>, findings: string[]): T | undefined {
  if (bytes === undefined) return undefined
  try {
    const read = schema.safeParse(JSON.parse(bytes.toString('utf8')))
    if (!read.success) findings.push(`${name} does not have the fields it must have (${read.error.issues[0]?.path.join('.') ?? ''}: ${read.error.issues[0]?.message ?? ''}).`)
    else if (!Buffer.from(canonicalJson(read.data)).equals(bytes)) findings.push(`${name} was changed after sealing: it is not in the form in which it was written.`)
    return read.data
  } catch {
    findings.push(`${name} was changed after sealing: it cannot be read as JSON.`)
    return undefined
  }
}

function checkSignature(envelope: Envelope, key: KeyObject, findings: string[]): Statement | undefined {
  const keyid = keyidOf(key)
  const named = envelope.signatures[0]?.keyid
  const respelt = [envelope.payload, ...envelope.signatures.map(({ sig }) => sig)].some((text) => Buffer.from(text, 'base64').toString('base64') !== text)
  if (respelt) findings.push(`${attestationName} was changed after sealing: its base64 is not in the form in which it was written.`)
  if (named !== keyid) findings.push(`${attestationName} names the key ${named ?? ''}, but it is checked against ${keyid}; was it signed elsewhere, or with another key?`)
  if (!isSignedBy(envelope, key)) {
    findings.push(`${attestationName} is not signed by the key ${keyid}: it was changed or signed with another key.`)
    return undefined
  }
  const statement = statementSchema.safeParse(JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')))
  if (!statement.success) findings.push(`${attestationName} is signed but holds no in-toto test-result statement (${payloadType}).`)
  return statement.data
}

function checkSubject(statement: Statement | undefined, manifest: Buffer | undefined, findings: string[]): void {
  if (statement === undefined || manifest === undefined) return
  const signed = statement.subject.find(({ name }) => name === manifestName)?.digest['sha256']
  const found = sha256(manifest)
  if (signed !== found) findings.push(`${manifestName} was changed after sealing: the signed statement names SHA-256 ${signed ?? 'of no manifest'}, found ${found}.`)
}

async function checkPublicKey(folder: string, key: KeyObject, findings: string[]): Promise<void> {
  try {
    const inside = keyidOf(createPublicKey(await readFile(join(folder, 'public-key.pem'))))
    if (inside !== keyidOf(key)) findings.push(`public-key.pem is the key ${inside}, but the run is checked against ${keyidOf(key)}.`)
  } catch {
    findings.push('public-key.pem is missing or cannot be read as a public key.')
  }
}

async function checkDigests(folder: string, manifest: Manifest, findings: string[]): Promise<void> {
  const sealed = new Map(manifest.files.map((file) => [file.path, file]))
  const present = new Set(await filesBelow(folder))
  for (const path of present) {
    if (path !== manifestName && path !== attestationName && !sealed.has(path)) findings.push(`${path} was added after sealing: ${manifestName} does not name it.`)
  }
  for (const { path, sha256: expected, size } of sealed.values()) {
    if (!present.has(path)) findings.push(`${path} is missing: ${manifestName} names it.`)
    else if (!(await lstat(join(folder, path))).isFile()) findings.push(`${path} is not an ordinary file.`)
    else {
      const content = await readFile(join(folder, path))
      const found = sha256(content)
      if (found !== expected || content.length !== size) findings.push(`${path} was changed after sealing: expected SHA-256 ${expected} and ${size} bytes, found ${found} and ${content.length} bytes.`)
    }
  }
}
