import { expect, test } from 'vitest'
import { ChildFailure } from './children.ts'
import { explained, NothingDone } from './terraform-failures.ts'

const failed = (stderr: string) => new ChildFailure('terraform apply', { code: 1, stdout: '', stderr })
const sentence = (stderr: string) => {
  const error = explained(failed(stderr))
  return error instanceof Error ? error.message : ''
}

test('a held state lock names its holder, since when, and how to release it', () => {
  expect(sentence(`╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error StatusCode:
│ 412, RequestID: E6QZGD6A3YZRY10D, HostID: , api error PreconditionFailed
│ Lock Info:
│   ID:        7e6a4b99-a966-615c-1777-941ec8f868b4
│   Path:      plumbline-state/platform/terraform.tfstate
│   Who:       root@vm
│   Version:   1.11.4
│   Created:   2026-11-23 19:37:18.824113781 +0000 UTC
╵`)).toBe('The Terraform state is locked by root@vm since 2026-11-23 19:37:18 UTC: wait until that run has ended. If it was killed, release its lock with '
    + '`npx plumbline state unlock 7e6a4b99-a966-615c-1777-941ec8f868b4` and run again.')
})

test('an account limit says whose it is, what to lower, and where to ask', () => {
  expect(sentence('╷\n│ Error: creating pool: [400] Account Limit reached. Please open a support ticket.\n╵')).toBe(
    'Linode refuses to make more on this account, because a limit of the account is reached: "Account Limit reached. Please open a support ticket." '
    + 'Lower the counts in the platform file, or ask for a higher limit at https://cloud.linode.com/support/tickets, naming the resources that the plan creates; then run again.',
  )
})

test('of several reports the one with the limit is told, with the object that it was about, in one line', () => {
  const error = explained(failed(`╷
│ Error: Cannot read something
│
│   with module.cluster.linode_lke_cluster.this,
│   on modules/cluster/main.tf line 1, in resource "linode_lke_cluster" "this":
│
│ [500] Internal
╵
╷
│ Error: Cannot create a node pool in LKE cluster 101
│
│   with module.node_pool["rehearsal"].linode_lke_node_pool.this,
│   on modules/node-pool/main.tf line 1, in resource "linode_lke_node_pool" "this":
│    1: resource "linode_lke_node_pool" "this" {
│
│ [400] You’ve reached the limit for the number of active vCPUs in this
│ Linode plan. Please contact Support to request an increase.
╵`))
  expect(error).toMatchObject({
    name: 'QuotaFailure', address: 'module.node_pool["rehearsal"].linode_lke_node_pool.this',
    said: 'You’ve reached the limit for the number of active vCPUs in this Linode plan. Please contact Support to request an increase.',
  })
})

test('a lock and a stale plan are known as failures that did nothing', () => {
  expect(explained(failed('Error: Error acquiring the state lock\n\nLock Info:\n  ID:        a\n  Who:       me@here\n  Created:   2026-11-23 19:37:18.8 +0000 UTC'))).toBeInstanceOf(NothingDone)
  expect(explained(failed('╷\n│ Error: Saved plan is stale\n│\n│ The given plan file can no longer be applied'))).toBeInstanceOf(NothingDone)
})

test('missing capacity says where else to look', () => {
  expect(sentence('Error: [403] The Linode plan you chose is not currently available in the selected region. Please select another')).toBe(
    'Linode has no room for this in the region (The Linode plan you chose is not currently available in the selected region. Please select another). '
    + 'Choose another type or region in the platform file, or run `npx plumbline provision` again later.',
  )
})

test('what Linode says is known also where Terraform has wrapped it', () => {
  expect(sentence('╷\n│ Error: Cannot create a node pool in LKE cluster 100001\n│\n│   with module.node_pool["a"].linode_lke_node_pool.this,\n│\n│ [403] The Linode plan you chose is not currently available in the selected\n│ region. Please select another region or plan type.\n╵')).toContain(
    'Linode has no room for this in the region (The Linode plan you chose is not currently available in the selected region. Please select another region or plan type.). ',
  )
})

test('an API that does not serve is told as that, with where to look', () => {
  expect(sentence('╷\n│ Error: Cannot reach the Linode API\n│\n│ GET linode/types failed: [503] Currently in maintenance mode.\n╵')).toBe(
    'The Linode API does not serve requests at the moment: it answered 503 (Currently in maintenance mode.). What runs on the platform is not affected. '
    + 'See https://status.linode.com, and run `npx plumbline provision` again when it answers.',
  )
})

test('any other failure keeps what terraform said, without its frame', () => {
  expect(sentence('╷\n│ Warning: ignored\n│\n│ Error: No value for required variable\n│\n│   on variables.tf line 4\n╵')).toBe(
    'terraform apply failed with exit code 1: Error: No value for required variable on variables.tf line 4',
  )
})
