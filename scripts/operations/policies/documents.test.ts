import { expect, test } from 'vitest'
import { documentsOf } from './documents.ts'

const plan = '{"format_version":"1.2","planned_values":{},"resource_changes":[]}'
const state = '{"version":4,"terraform_version":"1.14.3","serial":7,"lineage":"l","resources":[]}'
const role = 'apiVersion: v1\nkind: Role\nmetadata: { name: a, namespace: b }\n'
const workflow = 'on: push\njobs: { a: { steps: [] } }\n'

test('every file is taken for what it is; all manifests are one rendering, and what belongs to the pipeline is one', () => {
  const { documents, origins } = documentsOf([
    { name: 'p', text: plan }, { name: 'm', text: `${role}---\n---\n${role}` },
    { name: 'l', text: '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod"}]}' },
    { name: 's', text: state }, { name: 's2', text: state }, { name: 'w', text: workflow },
    { name: 'r', text: 'apiVersion: plumbline.dev/v1\nstages: []\n' }, { name: 'f', text: 'apiVersion: plumbline.dev/v1\nenvironments: {}\n' },
  ])
  expect(documents.plan).toEqual([JSON.parse(plan)])
  expect(documents.state).toHaveLength(2)
  expect(documents.manifests).toMatchObject([{ objects: [{ kind: 'Role' }, { kind: 'Role' }, { kind: 'Pod' }] }])
  expect(documents.pipeline).toMatchObject([{ workflows: [{ file: 'w' }], releases: [{ file: 'r' }], platforms: [{ file: 'f' }] }])
  expect(origins).toEqual([
    { file: 'p', kind: 'plan', document: 0, line: undefined },
    { file: 'm', kind: 'manifests', document: 0, line: 1, subject: 'Role b/a' },
    { file: 'm', kind: 'manifests', document: 0, line: 6, subject: 'Role b/a' },
    { file: 'l', kind: 'manifests', document: 0, line: undefined, subject: 'Pod ' },
    { file: 's', kind: 'state', document: 0, line: undefined },
    { file: 's2', kind: 'state', document: 1, line: undefined },
    { file: 'w', kind: 'workflow', document: 0, line: 1 },
    { file: 'r', kind: 'releases', document: 0, line: 1 },
    { file: 'f', kind: 'platform', document: 0, line: 1 },
  ])
})

test('a state that lacks its lineage is still a state, so that the rules can say so', () => {
  expect(documentsOf([{ name: 's', text: '{"version":4,"terraform_version":"1.14.3","resources":[]}' }]).documents.state).toHaveLength(1)
})

test.each([
  ['', 'Nothing to judge was found in x: expected a plan in JSON (terraform show -json PLAN), a state (terraform state pull), Kubernetes manifests, a workflow of GitHub Actions, a release list or a platform file.'],
  ['a: 1', 'x has something that no policy judges: expected a plan in JSON (terraform show -json PLAN), a state (terraform state pull), Kubernetes manifests, a workflow of GitHub Actions, a release list or a platform file. Render charts with `helm template` and plans with `terraform show -json` first.'],
  ['apiVersion: plumbline.dev/v1\nwaivers: []', 'x has something that no policy judges: '],
  ['PK\0', 'x is not text: expected a plan in JSON. Make one with `terraform show -json x`.'],
  ['a: {{ b', 'x is neither JSON nor YAML: '],
])('%j is refused', (text, message) => {
  expect(() => documentsOf([{ name: 'x', text }])).toThrow(message)
})
