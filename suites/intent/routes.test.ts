import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimedBy, endpoints, isEnvironment, wornBy } from './endpoints.ts'
import { landmarkCells, landmarkControls, metadataService, type Landmark } from './landmarks.ts'
import { intendedCells, mayReach, protocols, selfId, slices, type IntendedCell } from './routes.ts'

const anyCell = fc.constantFrom(...intendedCells)
const byId = new Map(intendedCells.map((cell) => [cell.id, cell]))
const selfIds = new Set(endpoints.flatMap((endpoint) => protocols.map((protocol) => selfId(endpoint, protocol))))

describe('the intended table', () => {
  test('has 1200 cells, 144 of them open', () => {
    expect(intendedCells).toHaveLength(1200)
    expect(intendedCells.filter((cell) => cell.intended === 'allow')).toHaveLength(144)
    expect(byId.size).toBe(1200)
  })

  test('opens nothing between environments, into one or out of one', () => {
    const involved = (cell: IntendedCell): boolean => isEnvironment(cell.from.zone) || isEnvironment(cell.to.zone)
    fc.assert(fc.property(anyCell.filter(involved), (cell) => cell.from.zone === cell.to.zone || cell.intended === 'deny'), { numRuns: 1000 })
  })

  test('does not care what an impostor wears, which is always somebody else\'s', () => {
    for (const impostor of endpoints.filter(({ exposure }) => exposure === 'impostor')) {
      expect(claimedBy(impostor)).not.toBe(impostor.zone)
      expect(wornBy(impostor)).toMatchObject({ 'plumbline.dev/environment': claimedBy(impostor), 'plumbline.dev/reachable-from': 'environment' })
      expect(intendedCells.filter((cell) => cell.from.id === impostor.id && cell.to.zone === claimedBy(impostor)).every(({ intended }) => intended === 'deny')).toBe(true)
    }
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
    fc.assert(fc.property(anyCell.filter((cell) => cell.intended === 'deny' && cell.route !== 'node-port'), sound), { numRuns: 600 })
  })

  test('gives every cell by a node\'s port the control of one that is open', () => {
    const controls = new Set(intendedCells.filter(({ route, intended }) => route === 'node-port' && intended === 'deny').map(({ control }) => control))
    expect([...controls].map((id) => byId.get(id)).map((cell) => [cell?.intended, cell?.route, cell?.protocol])).toEqual([['allow', 'node-port', 'TCP'], ['allow', 'node-port', 'UDP']])
  })

  test('gives every allowed cell the target\'s attempt at itself as control', () => {
    fc.assert(fc.property(anyCell.filter((cell) => cell.intended === 'allow'), (cell) => cell.control === selfId(cell.to, cell.protocol)))
  })

  test('is cut into slices that cover each cell exactly once', () => {
    fc.assert(fc.property(anyCell, (cell) => Object.values(slices).filter((holds) => holds(cell)).length === 1), { numRuns: 600 })
    const sizes = Object.fromEntries(Object.entries(slices).map(([name, holds]) => [name, intendedCells.filter(holds).length]))
    expect(sizes).toEqual({
      crossEnvironment: 672,
      exposedWithinEnvironment: 120,
      unexposedWithinEnvironment: 24,
      ingressAlone: 168,
      egressAlone: 192,
      outsideAllPolicies: 24,
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
    expect(mayReach(named('look-alike/impostor'), named('outsider/outsider-1'))).toBe(true)
    expect(mayReach(named('look-alike/impostor'), named('production/exposed-1'))).toBe(false)
    expect(mayReach(named('development/impostor'), named('development/exposed-1'))).toBe(true)
  })
})

describe('the landmarks', () => {
  const dataStore: Landmark = { kind: 'data-store', name: 'data-store', host: '10.99.0.50', port: 5432 }

  test('are closed to every environment but for the data store', () => {
    const cells = landmarkCells([dataStore, metadataService])
    expect(cells).toHaveLength(24)
    expect(cells.filter(({ intended }) => intended === 'allow').map(({ to }) => to.name)).toEqual(Array.from({ length: 12 }, () => 'data-store'))
  })

  test('are judged beside the attempt of a pod that no policy holds back', () => {
    const [control] = landmarkControls([metadataService])
    expect(control?.from.id).toBe('outsider/outsider-1')
    expect(new Set(landmarkCells([metadataService]).map((cell) => cell.control))).toEqual(new Set([control?.id]))
  })
})
