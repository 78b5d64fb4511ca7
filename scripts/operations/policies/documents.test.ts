import { expect, test } from 'vitest'
import { documentsOf } from './documents.ts'

const plan = '{"format_version":"1.2","planned_values":{},"resource_changes":[]}'
const role = 'apiVersion: v1\nkind: Role\nmetadata: { name: a }\n'

test('plans and manifests are told apart, and all manifests are one rendering', () => {
  const found = documentsOf([{ name: 'p', text: plan }, { name: 'm', text: `${role}---\n---\n${role}` }, { name: 'l', text: '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod"}]}' }])
  expect(found.plan).toEqual([JSON.parse(plan)])
  expect(found.manifests.map(({ objects }) => objects.length)).toEqual([3])
})

test.each([
  ['', 'Nothing to judge was found in x: expected a plan in JSON (terraform show -json PLAN) or Kubernetes manifests.'],
  ['a: 1', 'x has something that is neither a plan nor a Kubernetes object: expected apiVersion and kind. Render charts with `helm template` and plans with `terraform show -json` first.'],
  ['PK\0', 'x is not text: expected a plan in JSON. Make one with `terraform show -json x`.'],
  ['a: {{ b', 'x is neither JSON nor YAML: '],
])('%j is refused', (text, message) => {
  expect(() => documentsOf([{ name: 'x', text }])).toThrow(message)
})
