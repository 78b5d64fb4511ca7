import { firstLogin } from '../data-store/roles.ts'
import { belongTogether, newAuthority, newServerCertificate, unfit } from './certificates.ts'
import type { Authority } from './certificates.ts'
import { sameValues } from './delivery.ts'
import { assertEntropy, password, passwordEntropy, randomKey } from './generate.ts'
import type { Generated } from './generate.ts'
import { idOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'

type Values = Readonly<Record<string, string>>

/** The data store as the secrets say it to services. `authority` is PEM. */
export interface DataStorePlace { host: string, port: number, authority: string }

/** What values are made of, beside chance. */
export interface ValueMaterial {
  platform: { name: string, domain: string }
  /** Undefined when pods have no data store. */
  dataStore: DataStorePlace | undefined
  /** By id of the secret: values that somebody else made. */
  given: Readonly<Record<string, Values | undefined>>
  /** Known once the authority's own secret is. */
  authority?: Authority
}

/** What becomes of a secret: its values stay, it gets new ones, or it cannot have any yet. */
export type Outcome = { keep: true } | { fresh: Generated, why: string } | { missing: string }

interface Request { secret: BaselineSecret, current: Values | undefined, material: ValueMaterial, renew: boolean }

/** Decides about one secret; `renew` asks for a new value though the current one is good. Throws when a generator makes less entropy than is stated. */
export async function outcomeFor(secret: BaselineSecret, current: Values | undefined, material: ValueMaterial, renew = false): Promise<Outcome> {
  const outcome = await makers[secret.generator]({ secret, current, material, renew })
  if ('fresh' in outcome) assertEntropy(idOf(secret), secret.entropyBits, outcome.fresh.entropyBits)
  return outcome
}

const makers: Readonly<Record<BaselineSecret['generator'], (request: Request) => Outcome | Promise<Outcome>>> = {
  'random key': ({ current, renew }) => current !== undefined && !renew ? { keep: true } : { fresh: randomKey(), why: reason(current) },
  'certificate authority': async ({ current, material, renew }) => {
    const whole = current !== undefined && belongTogether(current['key'] ?? '', current['certificate'] ?? '')
    return whole && !renew ? { keep: true } : { fresh: await newAuthority(material.platform.name), why: reason(current) }
  },
  certificate: async ({ secret, current, material, renew }) => {
    const { authority } = material
    if (authority === undefined) return { missing: 'the platform has no authority yet' }
    const domain = `${secret.namespace}.${material.platform.domain}`
    const fault = current === undefined ? undefined : unfit(current, { authority, domain })
    if (current !== undefined && fault === undefined && !renew) return { keep: true }
    return { fresh: await newServerCertificate(authority, domain), why: fault ?? reason(current) }
  },
  'data-store role': dataStoreOutcome,
  given: ({ secret, current, material }) => {
    const given = material.given[idOf(secret)]
    if (given === undefined) return current === undefined ? { missing: 'nobody gave a value for it' } : { keep: true }
    return current !== undefined && sameValues(current, given) ? { keep: true } : { fresh: { values: { ...given }, entropyBits: 0 }, why: reason(current) }
  },
}

function dataStoreOutcome({ secret: { namespace: environment }, current, material: { dataStore }, renew }: Request): Outcome {
  if (dataStore === undefined) return { missing: 'the platform has no data store that pods reach' }
  if (current === undefined) return { fresh: loginValues(environment, dataStore, { username: firstLogin(environment), password: password() }), why: 'it was missing' }
  const { username = '', password: secret = '' } = current
  if (renew) return { fresh: loginValues(environment, dataStore, { username, password: password() }), why: 'it was asked for' }
  const same = loginValues(environment, dataStore, { username, password: secret })
  return sameValues(current, same.values) ? { keep: true } : { fresh: same, why: 'the data store is elsewhere' }
}

/** What services need to log in to the data store: one database per environment, the server's certificate always verified. */
export function loginValues(environment: string, { host, port, authority }: DataStorePlace, login: { username: string, password: string }): Generated {
  const uri = `postgresql://${login.username}:${login.password}@${host}:${port}/${environment}?sslmode=verify-full`
  return { values: { host, port: String(port), database: environment, ...login, 'ca.crt': authority, uri }, entropyBits: passwordEntropy }
}

function reason(current: Values | undefined): string {
  return current === undefined ? 'it was missing' : 'it was asked for'
}
