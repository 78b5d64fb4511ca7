import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { UsageFailure, sentenceOf } from '../../console/failure.ts'
import { personNamed } from './people.ts'
import type { Person, Role } from './people.ts'

/** A person at this machine, able to sign. */
export interface Signer extends Person { privateKey: KeyObject }

/** Where people keep their keys on this machine, one `<name>.pem` each (mode 600). */
export const peopleKeys = join(paths.keys, 'people')

/** The sandbox's people: enough for two of one role to approve what a third asks for. Their keys live and die with the sandbox. */
const sandboxPeople: readonly { name: string, roles: readonly Role[] }[] = [
  { name: 'engineer', roles: ['engineer'] },
  { name: 'reviewer', roles: ['engineer', 'approver'] },
  { name: 'sre-one', roles: ['engineer', 'approver', 'sre'] },
  { name: 'sre-two', roles: ['engineer', 'approver', 'sre'] },
  { name: 'sre-three', roles: ['engineer', 'approver', 'sre'] },
]

const sandboxKeys = join(paths.sandbox, 'people')

/** The sandbox's people with their public keys; keys are made on first use. */
export async function peopleOfSandbox(folder = sandboxKeys): Promise<Person[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return Promise.all(sandboxPeople.map(async ({ name, roles }) => ({ name, roles: [...roles], key: publicText(createPrivateKey(await ensureKey(folder, name))) })))
}

/**
 * The person that a name means, with the private key of PLUMBLINE_SIGNING_KEY (a path), of this machine's people, or of the sandbox's. Rejects
 * with a UsageFailure when there is no key or it is not the one that the installation knows.
 */
export async function signerNamed(people: readonly Person[], name: string, environment: Readonly<Record<string, string | undefined>> = process.env): Promise<Signer> {
  const person = personNamed(people, name)
  const given = environment['PLUMBLINE_SIGNING_KEY']
  const places = given === undefined ? [join(peopleKeys, `${name}.pem`), join(sandboxKeys, `${name}.pem`)] : [given]
  for (const place of places) {
    const pem = await readFile(place, 'utf8').catch(() => undefined)
    if (pem === undefined) continue
    const privateKey = parsed(pem, place)
    if (publicText(privateKey) === person.key) return { ...person, privateKey }
    if (given !== undefined) throw new UsageFailure(`The key in ${place} is not that of ${name}: the installation knows another public key for that name. Use the key that belongs to it, or have the platform file changed by somebody else.`)
  }
  throw new UsageFailure(`No signing key of ${name} was found: expected it in ${places.join(' or ')}. \`npx plumbline people key ${name}\` makes one and prints the entry for the platform file; PLUMBLINE_SIGNING_KEY names another file.`)
}

/** Makes a person's key on this machine unless there is one; resolves with the public half as the platform file has it. */
export async function makeKey(name: string, folder = peopleKeys): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return publicText(parsed(await ensureKey(folder, name), join(folder, `${name}.pem`)))
}

async function ensureKey(folder: string, name: string): Promise<string> {
  const place = join(folder, `${name}.pem`)
  const { privateKey } = generateKeyPairSync('ed25519')
  // The first of two that start at once wins, and both read what it wrote.
  await writeFile(place, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  return readFile(place, 'utf8')
}

function parsed(pem: string, place: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (error) {
    throw new UsageFailure(`Expected an ed25519 private key as PEM in ${place}, but it cannot be read: ${sentenceOf(error)}. Move it away and make a new one with \`npx plumbline people key NAME\`.`)
  }
  throw new UsageFailure(`Expected an ed25519 private key in ${place}, but found another kind. Move it away and make a new one with \`npx plumbline people key NAME\`.`)
}

function publicText(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64')
}
