import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpoints } from './endpoints.ts'
import { intendedCells, mayReach, protocols, selfId, slices, type IntendedCell } from './routes.ts'

const anyCell = fc.constantFrom(...intendedCells)
const byId = new Map(intendedCells.map((cell) => [cell.id, cell]))
const selfIds = new Set(endpoints.flatMap((endpoint) => protocols.map((protocol) => selfId(endpoint, protocol))))

describe('the intended table', () => {
  test('has 624 cells, 72 of them open', () => {
    expect(intendedCells).toHaveLength(624)
    expect(intendedCells.filter((cell) => cell.intended === 'allow')).toHaveLength(72)
    expect(byId.size).toBe(624)
  })

  test('opens nothing between zones', () => {
    fc.assert(fc.property(anyCell, (cell) => cell.from.zone === cell.to.zone || cell.intended === 'deny'))
  })

  test('opens an unexposed pod to nobody', () => {
    fc.assert(fc.property(anyCell, (cell) => cell.to.exposure !== 'unexposed' || cell.intended === 'deny'))
  })

  test('gives every denied cell a control at the same listener, route and protocol that is meant to be open', () => {
    const sound = (cell: IntendedCell): boolean => {
      const control = byId.get(cell.control)
      if (control === undefined) return selfIds.has(cell.control) && cell.to.exposure === 'unexposed' && cell.control === selfId(cell.to, cell.protocol)
      return control.intended === 'allow' && control.to.id === cell.to.id && control.route === cell.route && control.protocol === cell.protocol
    }
    fc.assert(fc.property(anyCell.filter((cell) => cell.intended === 'deny'), sound), { numRuns: 600 })
  })

  test('gives every allowed cell the target\'s attempt at itself as control', () => {
    fc.assert(fc.property(anyCell.filter((cell) => cell.intended === 'allow'), (cell) => cell.control === selfId(cell.to, cell.protocol)))
  })

  test('is cut into slices that cover each cell exactly once', () => {
    fc.assert(fc.property(anyCell, (cell) => Object.values(slices).filter((holds) => holds(cell)).length === 1), { numRuns: 600 })
    const sizes = Object.fromEntries(Object.entries(slices).map(([name, holds]) => [name, intendedCells.filter(holds).length]))
    expect(sizes).toEqual({
      crossEnvironment: 360,
      exposedWithinEnvironment: 64,
      unexposedWithinEnvironment: 16,
      ingressAlone: 80,
      egressAlone: 96,
      outsideAllPolicies: 8,
    })
  })

  test('says who may reach whom', () => {
    const named = (id: string) => {
      const found = endpoints.find((endpoint) => endpoint.id === id)
      if (found === undefined) throw new Error(`no endpoint ${id}`)
      return found
    }
    expect(mayReach(named('staging/unexposed'), named('staging/exposed-1'))).toBe(true)
    expect(mayReach(named('staging/exposed-1'), named('production/exposed-1'))).toBe(false)
    expect(mayReach(named('outsider/outsider-1'), named('outsider/outsider-2'))).toBe(true)
    expect(mayReach(named('outsider/outsider-1'), named('system/exposed-1'))).toBe(false)
  })
})
