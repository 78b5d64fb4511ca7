import { environmentNames } from '../intent/environments.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { loginRecords } from '../lib/platform/login-records.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'

test(
  'each login at the data store is in the log store with the tag of the environment that it was made for',
  { tags: ['FR-010', 'FR-008'] },
  async ({ platform, traffic, evidence }) => {
    const probes = await dataStoreProbes({ platform, traffic })
    const begun = new Date()
    const logins = await probes.own()
    const { value: records } = await converge(() => loginRecords(platform, begun), budgets.auditRecordArrives, {
      consecutive: 1, every: 1000, until: (found) => environmentNames.every((name) => found.some(({ environment }) => environment === name)),
    })
    evidence.observe('logins that the probes just made, and the log store\'s records of logins since then', { logins: [...logins], records })

    const failed = [...logins].filter(([, { outcome }]) => outcome !== 'answered')
    if (failed.length > 0) throw new IndeterminateError(`expected a login in every environment, but those of ${failed.map(([name, { outcome }]) => `${name} (${outcome})`).join(', ')} failed`)
    if (records.length === 0) throw new IndeterminateError('expected records of logins at the data store in the log store, but there are none; see whether its log is delivered and audit-forwarder runs')
    expect([
      ...environmentNames.filter((name) => !records.some(({ environment }) => environment === name)).map((name) => `expected the login of ${name} to carry its tag, but the records carry ${[...new Set(records.map(({ environment }) => environment))].join(', ')} alone`),
      ...records.filter(({ of, environment }) => of !== undefined && of !== environment).map(({ of, environment, text }) => `expected the tag ${of ?? ''} on "${text}", but it carries ${environment}`),
    ]).toBeFaultless()
  },
)
