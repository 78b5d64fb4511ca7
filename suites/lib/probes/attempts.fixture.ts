import { shippedIdentities } from '../../intent/identities.ts'
import type { Call, CallAnswer } from '../platform/calls.ts'
import type { OfferWorld } from './admission-offers.ts'

export const granted: CallAnswer = { verdict: 'allowed', status: 200, message: 'OK', body: {} }
export const absent: CallAnswer = { verdict: 'not-found', status: 404, message: 'not found', body: {} }
export const refused = (message: string): CallAnswer => ({ verdict: 'forbidden', status: 403, message, body: {} })

/** A world for unit tests: who asks is told apart by the token, which is the identity's name or `canary`; what it is answered is for the test to say. */
export function worldFor(answer: (call: Call, who: string) => CallAnswer, names: readonly string[]): OfferWorld {
  const canaryTokens = new Proxy<Record<string, string>>({}, { get: () => 'canary' })
  return {
    call: (call) => Promise.resolve(answer(call, call.token ?? 'anonymous')), served: new Map(), missing: () => undefined, run: 'x', unguarded: 'plumbline-probe-canaries-x', canaryTokens,
    actors: shippedIdentities.filter(({ name }) => names.includes(name)).map((identity) => ({ identity, user: identity.user, token: identity.name })),
  }
}
