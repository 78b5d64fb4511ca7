import { drills } from '../intent/drills.ts'
import type { JudgedCell } from '../lib/cell.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { undecidedOnes, stoppedOnes, type Reach } from '../lib/platform/essentials.ts'
import { essentialsOf, settledPass, waysWithin, waysWithinClosed } from '../lib/probes/closed-environment.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'
import { visitStores } from '../lib/probes/visits.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const { minimumConnectivity } = drills
const environment = 'staging'

test(
  'an environment is closed to itself by the guide: its data store, names, ingress and telemetry still work, nothing passes between its pods, and afterwards it is open as before',
  { tags: ['FR-003', 'FR-009'], meta: { profile: 'gameday' } },
  async ({ platform, traffic, run, drill, evidence }) => {
    const seen: { closed: JudgedCell[], opened: JudgedCell[], reached: Reach[], faults: string[] } = { closed: [], opened: [], reached: [], faults: [] }
    const log = await drill.run(minimumConnectivity, async ({ undo, step, follow, observe }) => {
      const world = { platform, fleet: await traffic.fleet() }
      const dataStore = await dataStoreProbes({ platform, traffic })
      const before = await step('what is open is open', { counts: false }, () => settledPass(world, waysWithin(environment)))
      const shut = before.find(({ cell }) => cell.verdict !== 'satisfied')
      if (shut !== undefined) throw new IndeterminateError(`expected the pods of ${environment} to reach each other before it is closed, but ${shut.cell.id} ended with ${shut.cell.observed}`)

      await undo('the environment has its policies', 'npx plumbline provision')
      await follow({ ENVIRONMENT: environment }, { guide: { file: minimumConnectivity.runbook.file, heading: 'Close the environment' }, counts: false })
      const since = new Date()
      seen.closed = await step('nothing passes between its pods', { counts: false }, () => settledPass(world, waysWithinClosed(environment)))
      seen.reached = await step('what every service needs is reached', { counts: false }, () => essentialsOf({ platform, run }, environment, { dataStore, since }))
      // By its name, as the service finds it: so names are resolved as well.
      const [visit] = await step('its service finds its data store by name', { counts: false }, () => visitStores({ platform, run }, [environment]))
      if (visit?.row === undefined) seen.faults.push(`expected the service of ${environment} to work with its data store while it is closed, but ${visit?.detail ?? 'nobody asked'}`)

      await follow({ ENVIRONMENT: environment })
      seen.opened = await step('what was open is open again', { counts: false }, () => settledPass(world, waysWithin(environment)))
      observe('what every service needs, as it was reached while the environment was closed', { reached: seen.reached, visit: visit ?? null })
    })
    evidence.reachability('ways inside the environment while it was closed', { cells: seen.closed, seconds: 0 })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect([
      ...stoppedOnes(seen.reached).map(({ service, detail }) => `expected the ${service} of ${environment} to be reached while it is closed, but it was stopped (${detail}); the guide takes away too much`),
      ...seen.faults,
    ]).toBeFaultless()
    expect(seen.closed).toBeDenied()
    expect(seen.opened).toHaveVerdict('delivered')
    refuseUndecided([...undecidedOnes(seen.reached).map(({ service, environment: of, detail }) => `expected the ${service} of ${of} to be reached while ${environment} is closed, but ${detail}`), ...undecidedInDrill(log)])
  },
)
