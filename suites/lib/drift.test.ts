import { expect, test } from 'vitest'
import { driftLayers, driftSentence, unobservedLayers, type DriftFinding } from './drift.ts'

const finding: DriftFinding = {
  layer: 'terraform', kind: 'linode_firewall', name: 'module.firewall.linode_firewall.this', how: 'changed', detail: 'inbound_policy',
  owner: 'operator (firewall_rules_update, 2026-11-28T05:00:00Z)', remedy: '`npx plumbline provision`',
}

test('a finding says what, where, how, who and what to do', () => {
  expect(driftSentence(finding)).toBe('expected no drift in terraform, but linode_firewall module.firewall.linode_firewall.this is changed (inbound_policy), '
    + 'by operator (firewall_rules_update, 2026-11-28T05:00:00Z); to put it right: `npx plumbline provision`')
  expect(driftSentence({ ...finding, layer: 'cluster', kind: 'ConfigMap', name: 'staging/notes', how: 'unmanaged', detail: '', owner: 'unknown', remedy: '`kubectl delete configmap notes`' }))
    .toBe('expected no drift in cluster, but ConfigMap staging/notes belongs to nobody, by unknown; to put it right: `kubectl delete configmap notes`')
})

test('a layer that was not looked at, or in which nothing was compared, is named', () => {
  const whole = driftLayers.map((layer) => ({ layer, compared: 3, seconds: 1 }))
  expect(unobservedLayers({ layers: whole })).toEqual([])
  expect(unobservedLayers({ layers: whole.map((one) => one.layer === 'helm' ? { ...one, compared: 0, problem: 'the API server did not answer' } : one) }))
    .toEqual(['expected to compare helm, but the API server did not answer'])
  expect(unobservedLayers({ layers: whole.map((one) => one.layer === 'linode' ? { ...one, compared: 0 } : one) }))
    .toEqual(['expected to compare something in linode, but nothing was there to compare'])
  expect(unobservedLayers({ layers: whole.slice(1) })).toEqual(['expected to compare something in terraform, but nothing was there to compare'])
})
