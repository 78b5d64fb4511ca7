import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { forsakenRehearsals } from './forsaken-rehearsals.ts'

const now = Date.UTC(2026, 10, 28, 9)
const ago = (hours: number) => ulid(now - hours * 3_600_000).toLowerCase()

test('states of killed runs and of runs of long ago are left over; those of a run that may be at work are not', () => {
  const [young, killed, old] = [ago(1), ago(0.5), ago(3)]
  const keys = [`rehearsals/${young}/applies`, `rehearsals/${killed}/two-applies`, `rehearsals/${killed}/two-applies.tflock`, `rehearsals/${old}/applies`, 'platform/terraform.tfstate']
  expect(forsakenRehearsals(keys, { killed: [killed], now })).toEqual([killed, old].sort())
})

test('what is not named after a run is nobody\'s to remove', () => {
  expect(forsakenRehearsals(['rehearsals/by-hand/state', 'rehearsals/'], { killed: [], now })).toEqual([])
})
