import type { EnvironmentName } from './environments.ts'

/**
 * New pods in each environment whose first moments are watched. 50 make 200 on a game day; a nightly run takes 20, which shows a leak of every fifth
 * start (kube-router's) 99 times in 100, and costs a tenth of the time and of everybody's processor.
 */
export const newPodsPerEnvironment = { nightly: 5, gameday: 50 } as const

/** A new pod that sent nothing for longer was not watched all the time: leaks that are known of lasted 146 ms and more. A leak is looked for in 200 pods, and a busy machine does not hold back all of them. Microseconds. */
export const watchedGap = 500_000

/**
 * Within how many milliseconds a changed policy is in force, for the median and for 99 of 100 changes. The specification gives no number. An
 * override must be gone within 10 s of its end (suites/intent/overrides.ts); half of that is left to the engine. Calico takes 0.1 to 0.2 s on an
 * idle machine, so one second for the median leaves room for a busy one.
 */
export const policyInForce = { median: 1000, p99: 5000 } as const

/** Changes in each direction that are measured. */
export const policyChanges = 20

/**
 * What becomes of a connection that was open before a denial landed, as docs/platform/network-override.md tells people. Where it is not so, the
 * guide is wrong about what the end of an override ends.
 */
export const openConnections = { fate: 'stay', guide: 'docs/platform/network-override.md', sentence: '**What is connected stays connected.**' } as const

/** Answers of an open connection after the denial that make its staying certain: two seconds of use. */
export const answersThatStay = 40

/** Ways into a pod that lead through the API server and the node, past every network policy: only rights hold them. */
export const apiServerRoutes = ['pods/proxy', 'services/proxy', 'pods/portforward'] as const
export type ApiServerRoute = (typeof apiServerRoutes)[number]

/** Port-forwarding is for those who administer an environment, in it; the proxies are for nobody. */
export function mayTake(route: ApiServerRoute, who: { profile: string | undefined, environment: EnvironmentName }, where: EnvironmentName): boolean {
  return route === 'pods/portforward' && who.profile === 'environment-admin' && who.environment === where
}
