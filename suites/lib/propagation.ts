import { policyInForce } from '../intent/segmentation.ts'
import { distributionOf, type Distribution } from './distribution.ts'

/** One change of a policy: what was asked for, and how long after the API server's acknowledgement traffic followed. Milliseconds; undefined when it never did in the time allowed. */
export interface Change { what: 'deny' | 'allow', end: 'ingress' | 'egress', milliseconds: number | undefined }

/** Numbers for one kind of change. */
export function latencyOf(changes: readonly Change[], what: Change['what']): Distribution | undefined {
  return distributionOf(changes.flatMap((one) => one.what === what && one.milliseconds !== undefined ? [one.milliseconds] : []))
}

/** Sentences about changes that came too late or not at all, `waited` milliseconds after they were acknowledged. */
export function lateChanges(changes: readonly Change[], { engine, waited }: { engine: string, waited: number }): string[] {
  const never = changes.filter(({ milliseconds }) => milliseconds === undefined).map(({ what, end }) =>
    `expected traffic to be ${what === 'deny' ? 'stopped' : 'let through'} after an ${end} policy ${what === 'deny' ? 'was made' : 'was taken away'}, but ${waited / 1000} s after the acknowledgement it was not (${engine}); see docs/platform/segmentation.md`)
  const slow = (['deny', 'allow'] as const).flatMap((what) => {
    const seen = latencyOf(changes, what)
    if (seen === undefined) return []
    return (['median', 'p99'] as const).filter((rank) => seen[rank] > policyInForce[rank]).map((rank) =>
      `expected a policy that ${what === 'deny' ? 'denies' : 'no longer denies'} to be in force within ${policyInForce[rank]} ms (${rank} of ${seen.count} changes), but it took ${Math.round(seen[rank])} ms (${engine}); see docs/platform/segmentation.md`)
  })
  return [...never, ...slow]
}
