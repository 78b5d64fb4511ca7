import { environmentNames } from '../intent/environments.ts'
import { objectives } from '../intent/objectives.ts'
import { probedServices, vantages } from '../intent/signals.ts'
import { judgeAvailability } from '../lib/availability.ts'
import { expect, test } from '../lib/case.ts'
import { disagreements, readProbes } from '../lib/platform/availability.ts'
import { prometheusOn } from '../lib/platform/prometheus.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'API server, etcd and ingress are available 99.5 % of the month, for every environment, by probes from inside and outside',
  { tags: ['NFR-001'] },
  async ({ platform, evidence }) => {
    const history = await readProbes(prometheusOn(platform))
    const judged = history.records.map((record) => ({ ...record, ...judgeAvailability(record.counts, record.windowSeconds) }))
    evidence.observe('probes by service, environment and vantage, what they come to, and what the recording rule says', { objective: objectives.availability, judged, recorded: Object.fromEntries(history.recorded), alive: history.alive })

    const nameOf = ({ service, environment, vantage }: { service: string, environment: string, vantage: string }) => `${service} for ${environment} from ${vantage}`
    expect(judged.filter(({ verdict }) => verdict === 'violated').map((one) => `expected ${nameOf(one)} to be available ${objectives.availability} % of the time, but ${one.reason}`)).toBeFaultless()
    expect(disagreements(history)).toBeFaultless()
    refuseUndecided([
      ...vantages.filter((vantage) => !history.alive.includes(vantage)).map((vantage) => `expected a heartbeat of the prober ${vantage}, but there is none: nobody looks from there`),
      ...environmentNames.flatMap((environment) => probedServices.flatMap((service) => vantages.map((vantage) => ({ environment, service, vantage }))))
        .filter((one) => !judged.some(({ environment, service, vantage }) => nameOf({ environment, service, vantage }) === nameOf(one))).map((one) => `expected probes of ${nameOf(one)}, but there is no sample of them`),
      ...judged.filter(({ verdict }) => verdict === 'indeterminate').map((one) => `expected to decide the availability of ${nameOf(one)}, but ${one.reason}`),
      ...[...new Set(judged.map(({ service, environment }) => `${service} ${environment}`))].filter((key) => !history.recorded.has(key)).map((key) => `expected the recorded availability of ${key}, but the rule says nothing`),
    ])
  },
)
