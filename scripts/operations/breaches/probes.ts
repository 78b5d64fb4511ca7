import { ulid } from 'ulid'
import { removeFootprint } from '../../../suites/lib/footprint.ts'
import { verifierToken } from '../../../suites/lib/platform/identity.ts'
import { parseOutputs } from '../../../suites/lib/platform/outputs.ts'
import { platformFrom } from '../../../suites/lib/platform/platform.ts'
import type { Platform } from '../../../suites/lib/platform/platform.ts'
import type { Fleet } from '../../../suites/lib/probes/fleet.ts'
import { runLabel } from '../../../suites/intent/environments.ts'
import { podState } from '../../../suites/lib/probes/pod-status.ts'
import { clientIn } from '../../../suites/lib/probes/https-client.ts'
import type { ClientPod } from '../../../suites/lib/probes/https-client.ts'
import { fleetFor } from '../../../suites/lib/probes/traffic.ts'
import { scratchOf } from '../conformance/scratch.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'

/** Probes end themselves after half an hour; they are made anew well before. Milliseconds. */
const longestUse = 20 * 60_000

/** What looks find standing: probes of the traffic, and an HTTPS client outside all environments. */
export interface Probes {
  fleet: Fleet
  client: ClientPod
}

/** Probes on the platform. */
export interface Standing {
  probes: Probes
  /** Whether each still runs where it did: a breach may have taken its namespace, or its node, away. */
  isWhole: () => Promise<boolean>
  clearAway: () => Promise<void>
}

/**
 * Probes that stand on the platform while one breach after the other is looked at: starting them and clearing them away takes longer than
 * the pass over the traffic.
 */
export class SharedProbes {
  readonly #start: (signal: AbortSignal) => Promise<Standing>
  #held: { standing: Standing, since: number } | undefined
  #givenUp = false

  constructor(start = startProbes) {
    this.#start = start
  }

  /** Probes that are all there, started when they are not. Undefined when they cannot be had: then each look tries with its own, and says why. */
  async ready(signal: AbortSignal): Promise<Probes | undefined> {
    const there = await this.whole()
    if (there !== undefined) return there
    await this.drop()
    if (this.#givenUp) return undefined
    const standing = await this.#start(signal).catch(() => undefined)
    this.#held = standing === undefined ? undefined : { standing, since: performance.now() }
    if (standing?.probes.fleet.members.every(({ ready }) => ready) === true) return standing.probes
    this.#givenUp = true
    await this.drop()
    return undefined
  }

  /** Probes that are all there, and undefined when one is not: for looks that get on without. */
  async whole(): Promise<Probes | undefined> {
    const held = this.#held
    if (held === undefined || performance.now() - held.since >= longestUse) return undefined
    return await held.standing.isWhole().catch(() => false) ? held.standing.probes : undefined
  }

  /** Clears them away. Harmless when there are none. */
  async drop(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    await held?.standing.clearAway()
  }
}

/** Probes that carry the label of a run of their own, and are listed as one: when this process is killed, the next run clears them away. */
async function startProbes(signal: AbortSignal): Promise<Standing> {
  const outputs = parseOutputs(Object.fromEntries(Object.entries(await readOutputs('sandbox', { signal })).map(([name, value]) => [name, { value }])))
  const runId = ulid()
  const scratch = await scratchOf(runId)
  const platform = platformFrom({ outputs, identity: { token: await verifierToken(outputs, signal) }, authorities: '' })
  const record = { created: () => undefined, took: () => undefined }
  const label = runId.toLowerCase()
  const clearAway = async (): Promise<void> => {
    const { leftovers, unverified } = await removeFootprint(platform, label, [])
    if (leftovers.length + unverified.length === 0) await scratch.remove()
  }
  try {
    const fleet = await fleetFor({ platform, run: label, record })
    const client = await clientIn({ platform, run: { label, ...record } }, 'outside')
    return { probes: { fleet, client }, isWhole: () => isWhole(platform, { fleet, client }), clearAway }
  } catch (error) {
    await clearAway()
    throw error
  }
}

async function isWhole(platform: Platform, { fleet, client }: Probes): Promise<boolean> {
  const labelSelector = `${runLabel}=${fleet.run}`
  const namespaces = [...new Set([...fleet.members.map(({ namespace }) => namespace), client.namespace])]
  const listings = await Promise.all(namespaces.map(async (namespace) => platform.cluster.core.listNamespacedPod({ namespace, labelSelector })))
  const pods = listings.flatMap(({ items }) => items)
  const addresses = new Set(pods.map(podState).flatMap((found) => (found.state === 'ready' ? [found.ip] : [])))
  const clients = pods.filter(({ metadata }) => metadata?.namespace === client.namespace && metadata.name === client.pod).map(podState)
  return clients.some(({ state }) => state === 'ready') && fleet.members.every((member) => member.ready && addresses.has(member.ip))
}
