import { expect, test } from 'vitest'
import { listenerPort } from './endpoints.ts'
import { intendedWith, openedCells, rehearsedWay } from './overrides.ts'
import { intendedCells } from './routes.ts'

test('an override opens its pods, port and protocol by every route, and nothing else', () => {
  expect([...openedCells(rehearsedWay)]).toEqual(['pod-ip', 'service', 'headless', 'headless-pod'].map((route) => `staging/exposed-1 -> production/exposed-1 ${route} TCP`))
  const before = new Map(intendedCells.map(({ id, intended }) => [id, intended]))
  const changed = intendedWith(rehearsedWay).filter((cell) => cell.intended !== before.get(cell.id))
  expect(intendedCells.length - intendedWith(rehearsedWay).length).toBe(1)
  expect(changed.map(({ id, intended, control }) => ({ id, intended, control }))).toEqual([...openedCells(rehearsedWay)].map((id) => ({ id, intended: 'allow', control: 'production/exposed-1 -> production/exposed-1 pod-ip TCP' })))
  expect(rehearsedWay.port).toBe(listenerPort)
})
