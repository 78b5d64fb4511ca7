import { capacity } from '../intent/capacity.ts'
import { environmentNames } from '../intent/environments.ts'
import { expect, test, type Run } from '../lib/case.ts'
import { callServices, createServices, removeServices, servicesReady } from '../lib/probes/services.ts'

test(
  'each environment holds 30 services with autoscalers at the same time, all ready and all answering',
  { tags: ['NFR-008'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const place = { platform, run, autoscaling: capacity.autoscaling }
    await timed(run, 'made', () => createServices(place, capacity.services))
    const { services, seconds } = await servicesReady(place)
    const { called, faults } = await timed(run, 'called', () => callServices(place, capacity.services))
    await timed(run, 'taken away', () => removeServices(place))

    evidence.observe('services by environment', Object.fromEntries(environmentNames.map((name) => {
      const own = services.filter(({ environment }) => environment === name)
      return [name, { made: own.length, ready: own.filter(({ ready }) => ready).length, scaling: own.filter(({ scaling }) => scaling).length }]
    })))
    evidence.observe('calls of every service from its own environment', { called, faults })
    run.took('scale: 30 services in each environment ready', seconds)

    expect(services).toHaveLength(environmentNames.length * capacity.services)
    expect(services.filter(({ ready, scaling }) => !ready || !scaling).map(({ environment, name, why }) => `expected the service ${environment}/${name} to be ready with a working autoscaler, but ${why}`)).toBeFaultless()
    expect(faults).toBeFaultless()
  },
)

async function timed<T>(run: Pick<Run, 'took'>, what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  run.took(`scale: 30 services in each environment ${what}`, (performance.now() - started) / 1000)
  return result
}
