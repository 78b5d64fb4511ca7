import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { documentsOf } from './documents.ts'
import { placeOf } from './places.ts'
import { bucketRule } from './sample.fixture.ts'
import { blocksIn, TerraformSources } from './terraform-blocks.ts'

const workflow = 'on: push\njobs:\n  a:\n    steps:\n      - run: x\n      - run: y\n'
const manifests = 'apiVersion: v1\nkind: Role\nmetadata: { name: a }\n---\napiVersion: v1\nkind: Role\nmetadata: { name: b }\n'
const given = documentsOf([{ name: 'w.yml', text: workflow }, { name: 'm.yaml', text: manifests }, { name: 'p.json', text: '{"format_version":"1.2","resource_changes":[]}' }])
const terraform = new TerraformSources(join(repository, 'terraform'))

const at = async (room: 'pipeline' | 'manifests' | 'plan', subject: string) => placeOf({ rule: { ...bucketRule, room }, subject, document: 0, verdict: 'deny' }, given, terraform)

test('a place in a workflow is a line of it, an object the line at which it begins', async () => {
  expect(await at('pipeline', 'w.yml jobs.a.steps.1')).toEqual({ file: 'w.yml', line: 6 })
  expect(await at('pipeline', 'w.yml')).toEqual({ file: 'w.yml', line: 1 })
  expect(await at('manifests', 'Role b')).toEqual({ file: 'm.yaml', line: 5 })
})

test('an address of a plan is a block of the Terraform files, else the plan itself', async () => {
  expect(await at('plan', 'module.node_pool["production"].linode_lke_node_pool.this')).toMatchObject({ file: 'terraform/modules/node-pool/main.tf' })
  expect(await at('plan', 'output.state')).toMatchObject({ file: 'terraform/outputs.tf' })
  expect(await at('plan', 'linode_instance.bastion')).toEqual({ file: 'p.json' })
})

test('blocks are found by their first line, and a module by the folder it is made from', () => {
  expect(blocksIn('a.tf', 'module "pool" {\n  for_each = {}\n  source   = "./modules/pool"\n}\nresource "a" "b" {\n}\noutput "c" {}\n')).toEqual([
    { name: 'module.pool', file: 'a.tf', line: 1, source: './modules/pool' },
    { name: 'a.b', file: 'a.tf', line: 5, source: undefined },
    { name: 'output.c', file: 'a.tf', line: 7, source: undefined },
  ])
})
