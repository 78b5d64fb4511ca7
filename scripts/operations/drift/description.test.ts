import { expect, test } from 'vitest'
import { driftLayers } from '../../../suites/lib/drift.ts'
import type { DriftReport } from '../../../suites/lib/drift.ts'
import { describeDrift, exitCodeOf } from './description.ts'

const clean: DriftReport = { layers: driftLayers.map((layer) => ({ layer, compared: 12, seconds: 1.5 })), findings: [], seconds: 6 }
const blind: DriftReport = { ...clean, layers: clean.layers.map((one) => one.layer === 'linode' ? { ...one, compared: 0, problem: 'the Linode API did not answer' } : one) }
const found: DriftReport = { ...clean, findings: [{ layer: 'cluster', kind: 'ConfigMap', name: 'staging/notes', how: 'unmanaged', detail: 'of no release', owner: 'kubectl-create (Update, then)', remedy: '`kubectl delete configmaps notes --namespace staging`' }] }

test('nothing found where everything was looked at is no drift', () => {
  expect(describeDrift(clean)).toEqual([...driftLayers.map((layer) => `${layer.padEnd(10)}   12 compared, 0 found (1.5 s)`), 'No drift. (6 s)'])
  expect(exitCodeOf(clean)).toBe(0)
})

test('a layer that was not looked at is named, and is never clean', () => {
  expect(describeDrift(blind)).toContain('linode     NOT LOOKED AT (1.5 s)')
  expect(describeDrift(blind).slice(-2)).toEqual(['? expected to compare linode, but the Linode API did not answer', 'No drift where it could be looked for, which was not everywhere. (6 s)'])
  expect(exitCodeOf(blind)).toBe(3)
})

test('what was found comes with who did it and the remedy, and counts first', () => {
  expect(describeDrift(found).slice(-3)).toEqual([
    '+ cluster: ConfigMap staging/notes is unmanaged: of no release',
    '    by kubectl-create (Update, then); to put it right: `kubectl delete configmaps notes --namespace staging`',
    '1 thing is not as the checkout says. (6 s)',
  ])
  expect(exitCodeOf({ ...blind, findings: found.findings })).toBe(1)
})
