import { expect, test } from 'vitest'
import type { LinodeAccount } from './linode-account.ts'
import type { PlanSummary } from './plan-summary.ts'
import { QuotaFailure, withAmounts } from './quota.ts'

const said = 'You’ve reached the limit for the number of active vCPUs in this Linode plan.'
const machine = (cluster: number | null) => ({ lke_cluster_id: cluster, specs: { vcpus: 4 } })
const plan: PlanSummary = {
  counts: { create: 2, update: 0, replace: 0, delete: 0 }, changes: [],
  makes: ['a', 'b'].map((key) => ({ address: `module.${key}.linode_object_storage_key.this`, type: 'linode_object_storage_key', label: key })),
}

const account: LinodeAccount = {
  list: async (path) => Promise.resolve(path === '/linode/instances' ? [7, 7, null].map(machine) : [{}, {}, {}]),
  read: async () => Promise.resolve({ vcpus: 4 }),
  remove: async () => Promise.reject(new Error('nothing is removed here')),
}
const platform = { pools: [{ purpose: 'system', type: 'g6-standard-4', count: 2 }, { purpose: 'production', type: 'g6-standard-4', count: 1 }] }

test('a limit of vCPUs is told with what there is, what is needed, others\' machines included, and where to ask', async () => {
  const { message, exitCode } = await withAmounts(new QuotaFailure(said, 'module.node_pool["x"].linode_lke_node_pool.this'), { account, platform, plan, clusterId: '7' })
  expect(exitCode).toBe(4)
  expect(message).toBe(`Linode refuses to make module.node_pool["x"].linode_lke_node_pool.this, because a limit of the account is reached: "${said}" `
    + 'The account has 12 vCPUs now and needs 16 in all for this platform file; Linode does not tell how high its limit is. '
    + 'Ask for at least 16 vCPUs at https://cloud.linode.com/support/tickets, or lower the counts in the platform file; then run `npx plumbline provision` again.')
})

test('a limit of objects is told in objects', async () => {
  const { message } = await withAmounts(new QuotaFailure('Account Limit reached.', 'module.a.linode_object_storage_key.this'), { account, platform, plan, clusterId: undefined })
  expect(message).toContain('The account has 3 object storage keys now and needs 5 in all')
})

test('when the account cannot be counted, the rest is told all the same', async () => {
  const silent = { ...account, list: async () => Promise.reject(new Error('the Linode API did not answer')) }
  const { message } = await withAmounts(new QuotaFailure(said, undefined), { account: silent, platform, plan: undefined, clusterId: undefined })
  expect(message).toContain(`"${said}" Lower the counts in the platform file, or ask for a higher limit at https://cloud.linode.com/support/tickets`)
  expect(message).toContain('(How much the account has could not be counted: the Linode API did not answer.)')
})
