import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { missingOnes, reachOfHost, reachOfLogin, reachOfTargets, stoppedOnes, undecidedOnes } from '../lib/platform/essentials.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'
import { askFrontDoor } from '../lib/probes/front-door.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'under default-deny every environment still has its data store, its telemetry and its ingress, and what needs the API server reaches it',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, traffic, run, evidence }) => {
    const dataStore = await dataStoreProbes({ platform, traffic })
    const [logins, hosts, targets] = await Promise.all([dataStore.own(), askFrontDoor({ platform, run }), prometheusOn(platform).targets()])
    const ofPool = (pool: string) => targets.filter(({ scrapePool }) => scrapePool === pool)
    const all = [
      ...environmentNames.flatMap((environment) => [
        reachOfLogin(environment, logins.get(environment)),
        reachOfTargets('telemetry', environment, ofPool('workloads').filter(({ labels }) => labels['environment'] === environment)),
        reachOfHost(environment, hosts.get(environment)),
      ]),
      // Prometheus stands under default-deny like everything else that asks the API server.
      reachOfTargets('API server', 'everybody', ofPool('api-server')),
    ]
    evidence.observe('each service that an environment needs, as it is reached from there, and how', all)

    expect(stoppedOnes(all).map(({ service, environment, detail }) => `expected the ${service} of ${environment} to be reached under default-deny, but it was stopped while others reach it (${detail}); see which chart forgot to allow it`)).toBeFaultless()
    refuseUndecided([...undecidedOnes(all).map(({ service, environment, detail }) => `expected the ${service} of ${environment} to be reached, but ${detail}`), ...missingOnes(all)])
  },
)
