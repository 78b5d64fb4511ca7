import { ulid } from 'ulid'
import { removeFootprint } from '../../../suites/lib/footprint.ts'
import { verifierToken } from '../../../suites/lib/platform/identity.ts'
import { parseOutputs } from '../../../suites/lib/platform/outputs.ts'
import { platformFrom } from '../../../suites/lib/platform/platform.ts'
import type { Platform } from '../../../suites/lib/platform/platform.ts'
import type { Fleet } from '../../../suites/lib/probes/fleet.ts'
import { runLabel } from '../../../suites/intent/environments.ts'
import { podState } from '../../../suites/lib/probes/pod-status.ts'
import { fleetFor } from '../../../suites/lib/probes/traffic.ts'
import { scratchOf } from '../conformance/scratch.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'

/** Probes end themselves after half an hour; they are made anew well before. Milliseconds. */
const longestUse = 20 * 60_000

/** Probes on the platform. */
export interface Standing {
  fleet: Fleet
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
  #standing: { probes: Standing, since: number } | undefined
  #givenUp = false

  constructor(start = startProbes) {
    this.#start = start
  }

  /** Probes that are all there, started when they are not. Undefined when they cannot be had: then each look tries with its own, and says why. */
  async ready(signal: AbortSignal): Promise<Fleet | undefined> {
    const held = this.#standing
    if (held !== undefined && performance.now() - held.since < longestUse && await held.probes.isWhole().catch(() => false)) return held.probes.fleet
    await this.drop()
    if (this.#givenUp) return undefined
    const probes = await this.#start(signal).catch(() => undefined)
    this.#standing = probes === undefined ? undefined : { probes, since: performance.now() }
    if (probes?.fleet.members.every(({ ready }) => ready) === true) return probes.fleet
    this.#givenUp = true
    await this.drop()
    return undefined
  }

  /** Clears them away. Harmless when there are none. */
  async drop(): Promise<void> {
    const held = this.#standing
    this.#standing = undefined
    await held?.probes.clearAway()
  }
}

/** Probes that carry the label of a run of their own, and are listed as one: when this process is killed, the next run clears them away. */
async function startProbes(signal: AbortSignal): Promise<Standing> {
  const outputs = parseOutputs(Object.fromEntries(Object.entries(await readOutputs('sandbox', { signal })).map(([name, value]) => [name, { value }])))
  const runId = ulid()
  const scratch = await scratchOf(runId)
  const platform = platformFrom({ outputs, identity: { token: await verifierToken(outputs, signal) }, authorities: '' })
  const fleet = await fleetFor({ platform, run: runId.toLowerCase(), record: { created: () => undefined, took: () => undefined } })
  return {
    fleet,
    isWhole: () => isWhole(platform, fleet),
    clearAway: async () => {
      const { leftovers, unverified } = await removeFootprint(platform, fleet.run, [])
      if (leftovers.length + unverified.length === 0) await scratch.remove()
    },
  }
}

async function isWhole(platform: Platform, fleet: Fleet): Promise<boolean> {
  const labelSelector = `${runLabel}=${fleet.run}`
  const namespaces = [...new Set(fleet.members.map(({ namespace }) => namespace))]
  const listings = await Promise.all(namespaces.map(async (namespace) => platform.cluster.core.listNamespacedPod({ namespace, labelSelector })))
  const addresses = new Set(listings.flatMap(({ items }) => items.map(podState)).flatMap((found) => (found.state === 'ready' ? [found.ip] : [])))
  return fleet.members.every((member) => member.ready && addresses.has(member.ip))
}
