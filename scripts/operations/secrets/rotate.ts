import { UsageFailure } from '../../console/failure.ts'
import type { BootstrapOptions } from './bootstrap.ts'
import { baseline, idOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'
import type { SecretVersion } from './metadata.ts'
import { materialOf, openWithIdentity } from './opened.ts'
import { loginKeeper } from './roles.ts'
import { takeUp } from './take-up.ts'
import type { TakeUpWorld } from './take-up.ts'
import { loginValues, outcomeFor } from './values.ts'
import type { Outcome, ValueMaterial } from './values.ts'
import type { Generated } from './generate.ts'
import type { SecretStore } from './store.ts'

export type RotateOptions = Omit<BootstrapOptions, 'replaceUnreadable' | 'report'>

export interface Rotation {
  id: string
  /** The new version. */
  version: string
  /** Versions whose value is accepted nowhere any more. */
  retired: string[]
  /** `namespace/deployment` of what was restarted and waited for. */
  restarted: string[]
  /** Ids that had to follow: the certificates that a new authority signs. */
  followed: string[]
}

interface World extends TakeUpWorld { store: SecretStore, known: readonly SecretVersion[], material: ValueMaterial }

/**
 * Gives a secret a new value: made, accepted by who checks it, stored, delivered, taken up by every consumer, and only then the old one is
 * retired. When it is interrupted, `secrets bootstrap` brings it to its end.
 */
export async function rotateSecret(secret: BaselineSecret, options: RotateOptions): Promise<Rotation> {
  const { kubeconfig, signal } = options
  const opened = await openWithIdentity(options)
  const material = materialOf(options)
  const authority = await opened.store.current('platform', 'authority')
  if (authority !== undefined) material.authority = { key: authority['key'] ?? '', certificate: authority['certificate'] ?? '' }
  const logins = material.dataStore === undefined ? undefined : loginKeeper(options.outputs, options.installation)
  const world: World = { ...opened, kubeconfig, signal, material, logins }
  const rotation = await rotateOne(secret, world)
  const followers = secret.generator === 'certificate authority' ? baseline.filter(({ generator }) => generator === 'certificate') : []
  for (const follower of followers) rotation.followed.push((await rotateOne(follower, world)).id)
  return rotation
}

async function rotateOne(secret: BaselineSecret, world: World): Promise<Rotation> {
  const { store, material } = world
  const before = world.known.filter(({ namespace, name }) => namespace === secret.namespace && name === secret.name)
  const [newest] = before
  if (newest === undefined) throw new UsageFailure(`${idOf(secret)} has no value yet, so there is nothing to rotate. Run \`npx plumbline secrets bootstrap\`.`)
  const outcome = await outcomeFor(secret, await store.read(newest), material, true)
  if (!('fresh' in outcome)) throw new UsageFailure(refusal(secret, outcome))
  const { values, entropyBits } = secret.generator === 'data-store role' ? await begun(secret, outcome.fresh, world) : outcome.fresh
  const { version } = await store.put(secret, values, entropyBits)
  if (secret.generator === 'certificate authority') material.authority = { key: values['key'] ?? '', certificate: values['certificate'] ?? '' }
  const restarted = await takeUp({ secret, version, values }, before, world)
  return { id: idOf(secret), version, retired: before.filter(({ retiredAt }) => retiredAt === null).map((old) => old.version), restarted, followed: [] }
}

/** The data store says which of its two logins is free; until the end of the rotation both work. */
async function begun({ namespace }: BaselineSecret, { values: { password = '' } }: Generated, { logins, material: { dataStore } }: World): Promise<Generated> {
  if (logins === undefined || dataStore === undefined) throw new Error('Expected a data store to rotate a login of, got none.')
  return loginValues(namespace, dataStore, { username: await logins.begin(namespace, password), password })
}

function refusal(secret: BaselineSecret, outcome: Exclude<Outcome, { fresh: Generated }>): string {
  if ('missing' in outcome) return `${idOf(secret)} cannot be rotated: ${outcome.missing}.`
  return `${idOf(secret)} is given by somebody else, and the value at hand is the one in use. Get a new one first (docs/platform/secrets.md, "Values that are given"), then run this again.`
}
