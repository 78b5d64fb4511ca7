import { capacity } from '../../intent/capacity.ts'
import { environmentNames } from '../../intent/environments.ts'
import type { Run } from '../case.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { createServices, servicesGone, servicesReady } from '../probes/services.ts'

/**
 * Does `work` while every environment runs as many services as it is made for, each with an autoscaler (NFR-008): that is the platform that a drill is about. They are gone
 * afterwards. Rejects with IndeterminateError when they do not come to run.
 */
export async function whileBusy<T>(world: { platform: Platform, run: Run, purpose: string }, work: () => Promise<T>): Promise<T> {
  const place = { ...world, autoscaling: capacity.autoscaling }
  try {
    await createServices(place, capacity.services)
    const { services, seconds } = await servicesReady(place)
    const ready = services.filter((one) => one.ready)
    const wanted = capacity.services * environmentNames.length
    if (ready.length < wanted) throw new IndeterminateError(`expected ${String(wanted)} services to run before the drill, but ${String(ready.length)} were ready after ${seconds.toFixed(0)} s: ${services.find((one) => !one.ready)?.why ?? ''}; nothing was touched`)
    world.run.took(`drill: ${String(wanted)} services ready`, seconds)
    return await work()
  }
  finally {
    await servicesGone(place)
  }
}
