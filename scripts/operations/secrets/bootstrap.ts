import { silent } from '../../../fixtures/sandbox/progress.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { deliver } from './deliver.ts'
import type { Parcel } from './deliver.ts'
import { baseline, idOf } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'
import type { SecretVersion } from './metadata.ts'
import { materialOf, openWithIdentity } from './opened.ts'
import type { OpenedStore, SecretsOf } from './opened.ts'
import { loginKeeper } from './roles.ts'
import type { LoginKeeper } from './roles.ts'
import { takeUp } from './take-up.ts'
import { outcomeFor } from './values.ts'
import type { Outcome, ValueMaterial } from './values.ts'

export interface BootstrapOptions extends SecretsOf {
  /** Path of a kubeconfig file. */
  kubeconfig: string
  /** Replaces what the identity at hand does not open, instead of rejecting: the way back after its loss. */
  replaceUnreadable?: boolean
  report?: Report
  signal?: AbortSignal | undefined
}

export interface BootstrapResult {
  /** Ids of secrets that got a new version, with the reason. */
  generated: { id: string, why: string }[]
  /** Ids that were brought to the cluster; the others were there already. */
  delivered: string[]
  /** Ids of interrupted rotations that were brought to their end. */
  finished: string[]
  /** Ids that could have no value yet, with the reason. */
  skipped: { id: string, why: string }[]
  /** PEM of the authority that signs the environments' certificates. */
  authority: string
}

/** The secrets as they stand in the store, each in its newest version. */
interface Stock { parcels: Parcel[], generated: BootstrapResult['generated'], skipped: BootstrapResult['skipped'] }

/**
 * Makes what is missing in the store, brings the data store's logins in line, delivers what the cluster lacks and ends rotations that were
 * interrupted. Idempotent: a second call changes nothing. Values go to the store encrypted and to the cluster sealed, and nowhere else.
 */
export async function bootstrapSecrets(options: BootstrapOptions): Promise<BootstrapResult> {
  const { kubeconfig, report = silent, signal } = options
  const opened = await openWithIdentity(options, options.replaceUnreadable)
  const material = materialOf(options)
  const logins = material.dataStore === undefined ? undefined : loginKeeper(options.outputs, options.installation)
  const stock = await phase(report, 'secrets generated', () => stockUp(opened, material, options), ({ generated }) => `${generated.length} of ${baseline.length} new`)
  if (logins !== undefined) await phase(report, 'data-store logins', () => ensureLogins(logins, stock.parcels))
  const parcels = stock.parcels.filter(({ secret }) => secret.type !== undefined)
  const delivered = await phase(report, 'secrets delivered', () => deliver(parcels, { kubeconfig, signal }), (ids) => `${ids.length} of ${parcels.length} changed`)
  const finished = await finishRotations(stock.parcels, opened, { kubeconfig, signal, logins })
  return { generated: stock.generated, delivered, finished, skipped: stock.skipped, authority: material.authority?.certificate ?? '' }
}

async function stockUp(opened: OpenedStore, material: ValueMaterial, { replaceUnreadable = false }: BootstrapOptions): Promise<Stock> {
  const stock: Stock = { parcels: [], generated: [], skipped: [] }
  for (const secret of baseline) {
    const newest = opened.known.find(isOf(secret))
    const current = newest === undefined ? undefined : await opened.store.read(newest).catch((error: unknown) => {
      if (replaceUnreadable) return undefined
      throw error
    })
    const outcome = await outcomeFor(secret, current, material)
    if ('missing' in outcome) stock.skipped.push({ id: idOf(secret), why: outcome.missing })
    if ('fresh' in outcome) stock.generated.push({ id: idOf(secret), why: outcome.why })
    const parcel = await parcelOf(secret, { outcome, newest, current }, opened)
    if (parcel === undefined) continue
    stock.parcels.push(parcel)
    if (secret.generator === 'certificate authority') material.authority = { key: parcel.values['key'] ?? '', certificate: parcel.values['certificate'] ?? '' }
  }
  return stock
}

interface Judged { outcome: Outcome, newest: SecretVersion | undefined, current: Record<string, string> | undefined }

async function parcelOf(secret: BaselineSecret, { outcome, newest, current }: Judged, { store }: OpenedStore): Promise<Parcel | undefined> {
  if ('fresh' in outcome) {
    const { version } = await store.put(secret, outcome.fresh.values, outcome.fresh.entropyBits)
    return { secret, version, values: outcome.fresh.values }
  }
  return newest === undefined || current === undefined ? undefined : { secret, version: newest.version, values: current }
}

async function ensureLogins(logins: LoginKeeper, parcels: readonly Parcel[]): Promise<void> {
  for (const { secret, values } of parcels.filter((parcel) => parcel.secret.generator === 'data-store role')) {
    await logins.ensure(secret.namespace, { username: values['username'] ?? '', password: values['password'] ?? '' })
  }
}

/** A version that is older than the newest and not retired was left by a rotation that did not end, or replaced just now. */
async function finishRotations(parcels: readonly Parcel[], { store, known }: OpenedStore, world: { kubeconfig: string, signal: AbortSignal | undefined, logins: LoginKeeper | undefined }): Promise<string[]> {
  const finished: string[] = []
  for (const parcel of parcels) {
    const older = known.filter(isOf(parcel.secret)).filter(({ version, retiredAt }) => version < parcel.version && retiredAt === null)
    if (older.length === 0) continue
    await takeUp(parcel, older, { ...world, store })
    finished.push(idOf(parcel.secret))
  }
  return finished
}

function isOf(secret: BaselineSecret): (version: SecretVersion) => boolean {
  return ({ namespace, name }) => namespace === secret.namespace && name === secret.name
}

async function phase<T>(report: Report, name: string, work: () => Promise<T>, message?: (result: T) => string): Promise<T> {
  report({ phase: name, state: 'started' })
  try {
    const result = await work()
    report({ phase: name, state: 'finished', ...(message === undefined ? {} : { message: message(result) }) })
    return result
  } catch (error) {
    report({ phase: name, state: 'failed' })
    throw error
  }
}
