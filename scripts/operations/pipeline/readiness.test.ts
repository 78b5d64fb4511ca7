import { expect, test } from 'vitest'
import { missingNodes } from './readiness.ts'
import type { NodeReadiness } from './readiness.ts'

const node = (purpose: string, status: string): NodeReadiness => ({ metadata: { labels: { 'plumbline.dev/purpose': purpose } }, status: { conditions: [{ type: 'Ready', status }] } })
const pools = { system: { id: '1', type: 't', count: 1 }, production: { id: '2', type: 't', count: 2 } }

test('every pool needs as many Ready nodes as it counts', () => {
  expect(missingNodes(pools, [node('system', 'True'), node('production', 'True'), node('production', 'True')])).toBeUndefined()
})

test('a node that is not Ready, of unknown state or of another purpose does not count', () => {
  expect(missingNodes(pools, [node('system', 'Unknown'), node('production', 'False'), node('production', 'True'), node('other', 'True')]))
    .toBe('pool system has 0 of 1 nodes Ready, pool production has 1 of 2 nodes Ready')
})
