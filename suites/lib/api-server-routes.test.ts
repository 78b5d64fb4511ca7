import { expect, test } from 'vitest'
import { apiServerRoutes, mayTake } from '../intent/segmentation.ts'
import { wrongReviews, wrongRoutes } from './api-server-routes.ts'
import type { RouteAttempt, RouteControl } from './probes/api-server-routes.ts'
import { accessVerdict } from './verdict.ts'

const answered = (status: number, reason?: string): RouteAttempt['attempt'] => ({ what: 'w', verdict: accessVerdict({ status, reason }), status, message: reason ?? '' })
const attempt = (status: number, reason?: string): RouteAttempt => ({ who: 'plumbline:staging:viewer', route: 'pods/proxy', environment: 'staging', nonce: 'n', intended: 'deny', attempt: answered(status, reason) })
const controls: RouteControl[] = apiServerRoutes.map((route) => ({ route, where: 'a/b', nonce: 'n', answered: true, detail: '200' }))

test('a refusal by the authorizer, beside a control that got through, is a denial', () => {
  expect(wrongRoutes([attempt(403, 'Forbidden')], controls)).toEqual({ faults: [], undecided: [] })
})

test('every answer from behind the authorizer was let through by it', () => {
  for (const status of [200, 400, 404, 500, 503]) {
    expect(wrongRoutes([attempt(status)], controls).faults).toEqual([`expected plumbline:staging:viewer to be refused pods/proxy in staging, but the answer was ${status} `])
  }
})

test('no answer, or one before the authorizer, decides nothing, and neither does a refusal without its control', () => {
  expect(wrongRoutes([attempt(401)], controls)).toMatchObject({ faults: [], undecided: [expect.stringContaining('401')] })
  const without = wrongRoutes([attempt(403, 'Forbidden')], controls.filter(({ route }) => route !== 'pods/proxy'))
  expect(without.undecided).toEqual(['expected a control for pods/proxy, but none was answered, so its refusals prove nothing'])
})

test('who administers an environment forwards ports there, nobody else anywhere', () => {
  expect(mayTake('pods/portforward', { profile: 'environment-admin', environment: 'staging' }, 'staging')).toBe(true)
  expect(mayTake('pods/portforward', { profile: 'environment-admin', environment: 'staging' }, 'production')).toBe(false)
  expect(mayTake('pods/portforward', { profile: 'deployer', environment: 'staging' }, 'staging')).toBe(false)
  expect(mayTake('services/proxy', { profile: 'environment-admin', environment: 'staging' }, 'staging')).toBe(false)
})

test('a way that the authorizer gives beyond the intent is found, and one that it withholds', () => {
  const review = { who: 'plumbline:staging:viewer', route: 'pods/proxy', verb: 'get', environment: 'staging' } as const
  expect(wrongReviews([{ ...review, intended: 'deny', allowed: false }, { ...review, intended: 'allow', allowed: true }])).toEqual([])
  expect(wrongReviews([{ ...review, intended: 'deny', allowed: true }])[0]).toContain('expected plumbline:staging:viewer to be denied get pods/proxy in staging')
  expect(wrongReviews([{ ...review, intended: 'allow', allowed: false }])[0]).toContain('to be allowed get pods/proxy')
})
