import { environmentNames, type EnvironmentName } from '../../intent/environments.ts'
import { intendedCells, podRoutes, selfId, slices, type IntendedCell } from '../../intent/routes.ts'
import { budgets } from '../budgets.ts'
import type { JudgedCell } from '../cell.ts'
import { converge } from '../converge.ts'
import { reachOfHost, reachOfLogin, reachOfTargets, type Reach } from '../platform/essentials.ts'
import { prometheusOn } from '../platform/prometheus.ts'
import type { Platform } from '../platform/platform.ts'
import type { DataStoreProbes } from './data-store.ts'
import type { Fleet } from './fleet.ts'
import { askFrontDoor } from './front-door.ts'
import type { ClientWorld } from './https-client.ts'
import { passNow } from './override-traffic.ts'

/** Ways from pod to pod inside an environment that are open as a rule. */
export function waysWithin(environment: EnvironmentName): IntendedCell[] {
  return intendedCells.filter((cell) => slices.exposedWithinEnvironment(cell) && cell.from.zone === environment && cell.from.id !== cell.to.id && podRoutes.includes(cell.route))
}

/** The same while the environment is closed: denied, and judged by the target's attempt at itself, which no policy stops. */
export function waysWithinClosed(environment: EnvironmentName): IntendedCell[] {
  return waysWithin(environment).map((cell) => ({ ...cell, intended: 'deny', control: selfId(cell.to, cell.protocol) }))
}

/** Tries cells until each has ended as it is meant to, or the budget is used up: a policy takes a moment to be in force. The last round is what is judged. */
export async function settledPass(world: { platform: Platform, fleet: Fleet }, cells: readonly IntendedCell[]): Promise<JudgedCell[]> {
  const { value } = await converge(async () => (await passNow(world, cells)).cells, budgets.policyLands, { consecutive: 1, until: (all) => all.every(({ cell }) => cell.verdict === 'satisfied') })
  return value
}

/** What every service of an environment needs, as it is reached now; what is scraped counts only when it was since the named moment. */
export async function essentialsOf({ platform, run }: ClientWorld & { platform: Platform }, environment: EnvironmentName, { dataStore, since }: { dataStore: DataStoreProbes, since: Date }): Promise<Reach[]> {
  const newer = async () => {
    const targets = await prometheusOn(platform).targets()
    return {
      workloads: targets.filter(({ scrapePool, labels, lastScrape }) => scrapePool === 'workloads' && labels['environment'] === environment && Date.parse(lastScrape) > since.getTime()),
      server: targets.filter(({ scrapePool, lastScrape }) => scrapePool === 'api-server' && Date.parse(lastScrape) > since.getTime()),
    }
  }
  const [login, doors, { value: scraped }] = await Promise.all([
    dataStore.from(environment, [{ as: dataStore.loginOf(environment) }]),
    askFrontDoor({ platform, run }),
    converge(newer, budgets.signalArrival, { consecutive: 1, every: 2000, until: ({ workloads, server }) => workloads.length > 0 && server.length > 0 }),
  ])
  return [
    reachOfLogin(environment, login[0]), reachOfHost(environment, doors.get(environment)),
    reachOfTargets('telemetry', environment, scraped.workloads), reachOfTargets('API server', 'everybody', scraped.server),
    ...environmentNames.filter((other) => other !== environment).map((other) => reachOfHost(other, doors.get(other))),
  ]
}
