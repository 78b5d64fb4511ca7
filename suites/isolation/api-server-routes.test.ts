import { wrongReviews, wrongRoutes } from '../lib/api-server-routes.ts'
import { expect, test } from '../lib/case.ts'
import { attemptRoutes, controlRoutes, heardBy, proxiedUnderDenial, reviewRoutes, startEchoes } from '../lib/probes/api-server-routes.ts'
import { issue } from '../lib/probes/issued.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** The profile that may do most, as somebody gets it; and an environment that is none of theirs. */
const strongest = { environment: 'staging', profile: 'environment-admin' } as const
const foreign = 'production'

test(
  'nobody gets at a pod of an environment through the API server, past its policies, but whoever administers that environment by port-forwarding',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, commandLine, run, redactor, evidence }) => {
    const world = { platform, run }
    const [{ inside, outside }, taker] = await Promise.all([startEchoes(world, [strongest.environment, foreign]), issue({ commandLine, run, redactor }, { ...strongest, purpose: 'routes' })])
    const denied = inside.get(foreign) ?? outside
    const [reviews, attempts, controls, underDenial] = await Promise.all([
      reviewRoutes(world), attemptRoutes(inside, taker), controlRoutes(world, { outside, denied }), proxiedUnderDenial(world, denied),
    ])
    const heard = await Promise.all([...inside.values()].map((echo) => heardBy(world, echo)))
    const { faults, undecided } = wrongRoutes(attempts, controls)
    evidence.observe('what the authorizer answers about every holder, by every route, in every environment: how often it was asked, and what it allows', { asked: reviews.length, allowed: reviews.filter(({ allowed }) => allowed) })
    evidence.observe('attempts with the credentials that somebody is issued', attempts)
    evidence.observe('the platform\'s administrator by the same routes, the controls, and through the proxies at a pod under default-deny', { controls, underDenial })

    expect([
      ...faults,
      ...attempts.filter(({ intended, nonce }) => intended === 'deny' && heard.some((log) => log.includes(nonce))).map(({ who, route, environment }) =>
        `expected nothing of ${who} by ${route} to arrive in ${environment}, but the pod there heard it`),
      ...wrongReviews(reviews),
    ]).toBeFaultless()
    refuseUndecided(undecided)
  },
)
