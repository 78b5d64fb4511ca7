import type { RouteAttempt, RouteControl, RouteReview } from './probes/api-server-routes.ts'

/** Attempts that were not refused with 403 Forbidden though nobody may make them, and those that were though they are meant to be open. */
export function wrongRoutes(attempts: readonly RouteAttempt[], controls: readonly RouteControl[]): { faults: string[], undecided: string[] } {
  const open = new Set(controls.filter(({ answered }) => answered).map(({ route }) => route))
  const sentence = ({ who, route, environment, intended, attempt }: RouteAttempt): string =>
    `expected ${who} to be ${intended === 'deny' ? 'refused' : 'allowed'} ${route} in ${environment}, but the answer was ${attempt.status} ${attempt.message}`
  const denied = attempts.filter(({ intended }) => intended === 'deny')
  return {
    // Whatever is answered behind the authorizer was let through by it: an upgrade that is missing, a pod that does not answer.
    faults: [...denied.filter(({ attempt }) => passedAuthorizer(attempt)), ...attempts.filter(({ intended, attempt }) => intended === 'allow' && attempt.verdict === 'forbidden')].map(sentence),
    undecided: [
      ...denied.filter(({ attempt }) => attempt.verdict !== 'forbidden' && !passedAuthorizer(attempt)).map(sentence),
      ...controls.filter(({ answered }) => !answered).map(({ route, where, detail }) => `expected the platform's administrator to get an answer from ${where} by ${route}, the control, but got ${detail}`),
      ...denied.filter(({ route }) => !open.has(route)).slice(0, 1).map(({ route }) => `expected a control for ${route}, but none was answered, so its refusals prove nothing`),
    ],
  }
}

/** 401 comes before the authorizer; every other answer but its refusal comes after it. */
function passedAuthorizer({ status, verdict }: RouteAttempt['attempt']): boolean {
  return verdict !== 'forbidden' && status !== 401 && status !== 429 && status !== 0
}

/** Holders to whom the authorizer gives a way that the intent does not, or the other way round. */
export function wrongReviews(reviews: readonly RouteReview[]): string[] {
  return reviews.filter(({ allowed, intended }) => allowed !== (intended === 'allow')).map(({ who, verb, route, environment, intended }) =>
    `expected ${who} to be ${intended === 'allow' ? 'allowed' : 'denied'} ${verb} ${route} in ${environment}, but the authorizer says otherwise; compare its roles with suites/intent/segmentation.ts`)
}
