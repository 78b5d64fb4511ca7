import { z } from 'zod'
import type { DrillWatch } from '../../../reports/model/drill.ts'
import { reachableWithin, type DrillFacts } from '../../intent/drills.ts'
import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { intendedCells } from '../../intent/routes.ts'
import { budgets } from '../budgets.ts'
import { eachSecond, moment } from '../converge.ts'
import { jsonOrNothing } from '../json.ts'
import { linesOf } from '../platform/exec.ts'
import type { Platform } from '../platform/platform.ts'
import type { RunRecord } from '../footprint.ts'
import type { ReadyMember } from '../probes/agents.ts'
import type { Fleet } from '../probes/fleet.ts'
import { askFrontDoor } from '../probes/front-door.ts'
import { probeContainer, probeName } from '../probes/manifests.ts'
import { plan, planSelf } from '../probes/pass.ts'
import type { AgentCell } from '../probes/protocol.ts'
import { DeniedTally, type WatchedCell } from './denied-tally.ts'
import { ReachTally } from './reach-tally.ts'

/** Looks at the platform once a second until it is stopped. */
export interface Watch {
  /** Why the drill has to end, from the moment on when that is so. */
  ends: AbortSignal
  stop: () => Promise<DrillWatch>
}

export interface WatchWorld {
  platform: Platform
  fleet: Fleet
  run: RunRecord & { label: string }
}

/** Rounds of one stream; then it ends and the next one begins, so that a watch whose run was killed ends by itself. */
const leaseRounds = 60

const roundSchema = z.object({ at: z.iso.datetime(), attempted: z.number(), delivered: z.array(z.string()), handshakes: z.array(z.string()), failed: z.array(z.string()) })

/** How many looks at the front door may be under way at the same time: an answer may take longer than a second. */
const looksAtOnce = 5

/**
 * Begins to watch: every denied cell with the controls beside it, each probe in one stream of rounds, and each environment's sample service through the ingress. Rejects
 * never; what could not be looked at is counted as that.
 */
export function startWatch(world: WatchWorld, { suffers = {} }: Pick<DrillFacts, 'suffers'>): Watch {
  const ends = new AbortController()
  const over = new AbortController()
  const started = Date.now()
  const attempts = watchedAttempts(world.fleet)
  const tally = new DeniedTally(attempts.map(({ watched }) => watched))
  const allowed = new Map(environmentNames.map((name) => [name, suffers[name] ?? reachableWithin] as const))
  const reach = new Map([...allowed].map(([name, seconds]) => [name, new ReachTally(seconds)] as const))
  const end = (why: string): void => ends.abort(new DrillAborted(why))

  const heard = (source: string, line: string): void => {
    const parsed = roundSchema.safeParse(jsonOrNothing(line))
    if (!parsed.success) return
    const { at, ...round } = parsed.data
    const [crossed] = tally.heard(source, (Date.parse(at) - started) / 1000, round)
    if (crossed !== undefined) end(`something was delivered in the denied cell ${crossed}`)
  }
  const saw = (second: number, up: ReadonlyMap<EnvironmentName, { up: boolean, detail: string }>): void => {
    for (const [name, { up: answers, detail }] of up) {
      const own = reach.get(name)
      own?.saw(second, answers)
      if (own?.exceeded() === true) end(`${name} has been out of reach for more than ${String(allowed.get(name))} s (${detail})`)
    }
  }
  const streams = world.fleet.members.filter((member) => member.ready).map((member) =>
    streamOf(world, member, { cells: attempts.filter(({ watched }) => watched.source === member.endpoint.id).map(({ cell }) => cell), hear: (line) => heard(member.endpoint.id, line), over: over.signal }))
  const looks = lookAtDoors(world, saw, over.signal)
  return {
    ends: ends.signal,
    stop: async () => {
      over.abort()
      await Promise.all([...streams, looks])
      const seconds = Math.floor((Date.now() - started) / 1000)
      return { ...tally.summary(seconds), environments: Object.fromEntries([...reach].map(([name, one]) => [name, one.summary(seconds)])) }
    },
  }
}

/** Why a drill was ended early. */
export class DrillAborted extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'DrillAborted'
  }
}

/** Every denied cell, and every attempt that is the control of one. */
function watchedAttempts(fleet: Fleet): { watched: WatchedCell, cell: AgentCell }[] {
  const denied = intendedCells.filter(({ intended }) => intended === 'deny')
  const deniedIds = new Set(denied.map(({ id }) => id))
  const controlOf = new Map(denied.map(({ id, control }) => [id, control]))
  const controls = new Set(controlOf.values())
  const all = [...plan(fleet, intendedCells), ...planSelf(fleet)].filter(({ id }) => deniedIds.has(id) || controls.has(id))
  return all.map(({ id, from, cell }) => ({ watched: { id, source: from, control: controlOf.get(id) ?? id, denied: deniedIds.has(id) }, cell }))
}

interface Stream { cells: readonly AgentCell[], hear: (line: string) => void, over: AbortSignal }

async function streamOf({ platform, fleet }: WatchWorld, member: ReadyMember, { cells, hear, over }: Stream): Promise<void> {
  const target = { namespace: member.namespace, pod: probeName(member.endpoint, fleet.run), container: probeContainer }
  const input = `${JSON.stringify({ timeoutMs: budgets.watchRound.milliseconds, everyMs: 1000, rounds: leaseRounds, cells })}\n`
  while (!over.aborted) {
    try {
      await linesOf(platform.cluster.config, target, ['/probe-agent', 'watch'], { input, budget: budgets.watchLease, signal: over, onLine: hear })
    }
    catch {
      // The pod, its node or the API server is away: these seconds are unobserved, and it is tried again.
      await moment(over)
    }
  }
}

type Doors = Awaited<ReturnType<typeof askFrontDoor>>

async function lookAtDoors({ platform, run }: WatchWorld, saw: (second: number, doors: Doors) => void, over: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>()
  await eachSecond((second) => {
    if (underWay.size >= looksAtOnce) return
    const look = askFrontDoor({ platform, run }).then((doors) => saw(second, doors), () => {}).finally(() => underWay.delete(look))
    underWay.add(look)
  }, over)
  await Promise.all(underWay)
}
