import { expect, test } from 'vitest'
import { listenerPort } from './endpoints.ts'
import { intendedWith, openedCells, rehearsedWay } from './overrides.ts'
import { intendedCells } from './routes.ts'

test('an override opens its pods, port and protocol by every route, and nothing else', () => {
  expect([...openedCells(rehearsedWay)]).toEqual(['staging/exposed-1 -> production/exposed-1 pod-ip TCP', 'staging/exposed-1 -> production/exposed-1 service TCP'])
  const changed = intendedWith(rehearsedWay).filter((cell, at) => cell.intended !== intendedCells[at]?.intended)
  expect(changed.map(({ id, intended, control }) => ({ id, intended, control }))).toEqual([...openedCells(rehearsedWay)].map((id) => ({ id, intended: 'allow', control: 'production/exposed-1 -> production/exposed-1 pod-ip TCP' })))
  expect(rehearsedWay.port).toBe(listenerPort)
})
