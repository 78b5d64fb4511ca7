import { expect, test } from 'vitest'
import type { LoginAttempt } from '../login.ts'
import { missingOnes, reachOfHost, reachOfLogin, reachOfTargets, stoppedOnes, undecidedOnes, type Reach } from './essentials.ts'

const login = (over: Partial<LoginAttempt>): LoginAttempt => ({ what: 'a login', outcome: 'answered', phase: 'statement', milliseconds: 1, ...over })

test('silence on the way to the data store is one thing, a refused password another', () => {
  expect(reachOfLogin('staging', login({})).outcome).toBe('reached')
  expect(reachOfLogin('staging', login({ outcome: 'timeout', phase: 'connect' })).outcome).toBe('stopped')
  expect(reachOfLogin('staging', login({ outcome: 'forbidden', phase: 'login' })).outcome).toBe('unknown')
  expect(reachOfLogin('staging', login({ outcome: 'dns', phase: 'resolve' })).outcome).toBe('unknown')
  expect(reachOfLogin('staging', undefined).outcome).toBe('unknown')
})

test('one scraped target is enough, and a target that answers badly is not stopped', () => {
  const target = { scrapeUrl: 'http://x', lastError: '' }
  expect(reachOfTargets('telemetry', 'staging', [{ ...target, health: 'down', lastError: 'context deadline exceeded' }, { ...target, health: 'up' }]).outcome).toBe('reached')
  expect(reachOfTargets('telemetry', 'staging', [{ ...target, health: 'down', lastError: 'Get "http://x": context deadline exceeded' }]).outcome).toBe('stopped')
  expect(reachOfTargets('telemetry', 'staging', [{ ...target, health: 'down', lastError: 'server returned HTTP status 500' }]).outcome).toBe('unknown')
  expect(reachOfTargets('API server', 'everybody', []).outcome).toBe('unknown')
})

test('the controller\'s own 502 and 504 say that it does not get through to the pod', () => {
  expect(reachOfHost('staging', { up: true, detail: 'u ended with answered 200' }).outcome).toBe('reached')
  expect(reachOfHost('staging', { up: false, detail: 'u ended with answered 504' }).outcome).toBe('stopped')
  expect(reachOfHost('staging', { up: false, detail: 'u ended with timeout' }).outcome).toBe('unknown')
})

test('what is stopped everywhere may be a dead service; what is stopped in one place is the network', () => {
  const one = (environment: string, outcome: Reach['outcome']): Reach => ({ service: 'data store', environment, outcome, detail: '' })
  expect(stoppedOnes([one('staging', 'stopped'), one('production', 'reached')]).map(({ environment }) => environment)).toEqual(['staging'])
  expect(stoppedOnes([one('staging', 'stopped'), one('production', 'stopped')])).toEqual([])
  expect(undecidedOnes([one('staging', 'stopped'), one('production', 'stopped')])).toHaveLength(2)
  expect(undecidedOnes([one('staging', 'stopped'), one('production', 'reached')])).toEqual([])
  expect(missingOnes([one('staging', 'reached')])).toHaveLength(11)
})
