import { hkdfSync } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'

/** The age identity that opens the store, and its public half. */
export interface AgeIdentity {
  secret: string
  recipient: string
  /** Key of the fingerprints: whoever lacks the identity cannot try guesses against them. */
  fingerprintKey: Buffer
  /** Where it was read from, for messages. */
  from: string
}

export const identityFile = join(paths.keys, 'secrets.agekey')
const variable = 'PLUMBLINE_AGE_IDENTITY'
const pattern = /^AGE-SECRET-KEY-1[A-Z0-9]+$/m

export interface IdentityPlace { environment?: Readonly<Record<string, string | undefined>>, file?: string }

/**
 * The identity: PLUMBLINE_AGE_IDENTITY (the identity itself or the path of a file with it), else the file in the keys folder. Undefined
 * when there is none. Rejects with a UsageFailure when what is there is none, or when others than its owner may read the file.
 */
export async function readIdentity({ environment = process.env, file = identityFile }: IdentityPlace = {}): Promise<AgeIdentity | undefined> {
  const given = environment[variable] ?? ''
  if (pattern.test(given)) return identityIn(given, `the variable ${variable}`)
  const path = given === '' ? file : given
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (missing && given === '') return undefined
    throw new UsageFailure(`${variable} names ${path}, which cannot be read; set it to an age identity or to a file that holds one.`)
  })
  if (text === undefined) return undefined
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) throw new UsageFailure(`The age identity ${path} is open to others (mode ${(mode & 0o777).toString(8)}); expected 600. Run \`chmod 600 ${path}\`.`)
  return identityIn(text, path)
}

/** Makes a new identity and writes it, for its owner alone. Never overwrites one. */
export async function makeIdentity(file = identityFile): Promise<AgeIdentity> {
  const secret = await generateIdentity()
  const identity = await identityIn(secret, file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `# created: ${new Date().toISOString()}\n# public key: ${identity.recipient}\n${secret}\n`, { mode: 0o600, flag: 'wx' })
  await chmod(file, 0o600)
  return identity
}

/** What to say when the store holds something and no identity is here. */
export function identityMissing(recipients: readonly string[]): CommandFailure {
  return new CommandFailure(
    `The secrets in the store are encrypted for ${recipients.join(', ')}, and no age identity is here (expected ${identityFile} or ${variable}). Put it back from its backup; docs/platform/secrets.md says what to do when it is lost.`,
    exitCodes.usage,
  )
}

async function identityIn(text: string, from: string): Promise<AgeIdentity> {
  const secret = pattern.exec(text)?.[0]
  if (secret === undefined) throw new UsageFailure(`No age identity was found in ${from}; expected a line that begins with AGE-SECRET-KEY-1.`)
  const recipient = await identityToRecipient(secret).catch(() => {
    throw new UsageFailure(`What ${from} holds looks like an age identity and is none; copy it again.`)
  })
  return { secret, recipient, from, fingerprintKey: Buffer.from(hkdfSync('sha256', secret, '', 'plumbline secrets fingerprint', 32)) }
}
