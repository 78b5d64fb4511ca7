import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { keyidOf } from '../../../reports/sealing/keys.ts'
import { UsageFailure } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'

/** What somebody may do beside asking: approve changes and overrides, or take out the admin kubeconfig (two of them together). */
export const roles = ['engineer', 'approver', 'sre'] as const
export type Role = (typeof roles)[number]

/** Somebody whose signature counts. The list is the installation's: `people` in the platform file, and the sandbox's own. */
export interface Person {
  name: string
  roles: readonly Role[]
  /** SubjectPublicKeyInfo of an ed25519 key, DER in base64. */
  key: string
}

/** Throws a TypeError for anything but an ed25519 key. */
export function publicKeyOf({ key }: Pick<Person, 'key'>): KeyObject {
  const parsed = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
  if (parsed.asymmetricKeyType !== 'ed25519') throw new TypeError(`expected an ed25519 key, got ${parsed.asymmetricKeyType ?? 'another kind'}`)
  return parsed
}

export function keyidOfPerson(person: Pick<Person, 'key'>): string {
  return keyidOf(publicKeyOf(person))
}

/** Throws a UsageFailure that lists who is known. */
export function personNamed(people: readonly Person[], name: string): Person {
  const found = people.find((person) => person.name === name)
  if (found !== undefined) return found
  const known = people.map((person) => person.name)
  throw new UsageFailure(`Nobody is called ${JSON.stringify(name)} in this installation: expected one of ${known.join(', ') || 'nobody, since the platform file lists no people'}.${didYouMean(name, known)}`)
}
