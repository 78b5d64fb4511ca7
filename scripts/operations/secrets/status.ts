import { KubeConfig } from '@kubernetes/client-node'
import { clusterApi } from '../pipeline/cluster-api.ts'
import { settleAll } from '../pipeline/concurrency.ts'
import { deliveryOf, undelivered } from './delivery.ts'
import { baseline } from './inventory.ts'
import type { BaselineSecret } from './inventory.ts'
import type { SecretVersion } from './metadata.ts'

export interface SecretStatus {
  namespace: string
  name: string
  owner: string
  consumers: string[]
  periodDays: number
  /** Undefined when the secret has no value yet. */
  lastRotation: string | undefined
  ageDays: number | undefined
  overdue: boolean
  /** Undefined for what is kept in the store only. */
  delivered: boolean | undefined
  /** Why it is not delivered. */
  problem: string | undefined
}

const day = 24 * 3600 * 1000

/** Every baseline secret with how old it is and whether its newest version is in the cluster. Reads metadata only: no identity is needed. */
export async function statusOf(versions: readonly SecretVersion[], kubeconfig: string, now = new Date()): Promise<SecretStatus[]> {
  const cluster = new KubeConfig()
  cluster.loadFromFile(kubeconfig)
  const api = clusterApi(cluster)
  const rows = await settleAll(baseline, 4, async (secret) => {
    const newest = newestOf(versions, secret)
    if (secret.type === undefined) return rowOf(secret, newest, { now, delivered: undefined, problem: undefined })
    const problem = newest === undefined ? 'it has no value yet' : undelivered(await deliveryOf(api, secret), newest.version)
    return rowOf(secret, newest, { now, delivered: problem === undefined, problem })
  })
  return rows.map((row) => {
    if (row.status === 'rejected') throw row.reason
    return row.value
  })
}

export function newestOf(versions: readonly SecretVersion[], secret: Pick<BaselineSecret, 'namespace' | 'name'>): SecretVersion | undefined {
  return versions.find(({ namespace, name }) => namespace === secret.namespace && name === secret.name)
}

/** One row; exported for its test. */
export function rowOf(secret: BaselineSecret, newest: SecretVersion | undefined, { now, delivered, problem }: { now: Date, delivered: boolean | undefined, problem: string | undefined }): SecretStatus {
  const age = newest === undefined ? undefined : (now.getTime() - Date.parse(newest.createdAt)) / day
  return {
    namespace: secret.namespace,
    name: secret.name,
    owner: secret.owner,
    consumers: secret.consumers.map(({ namespace, deployment }) => `${namespace}/${deployment}`),
    periodDays: secret.periodDays,
    lastRotation: newest?.createdAt,
    ageDays: age === undefined ? undefined : Math.floor(age),
    overdue: age !== undefined && age > secret.periodDays,
    delivered,
    problem,
  }
}

/** A table for people, one line per secret. */
export function statusTable(rows: readonly SecretStatus[]): string[] {
  const cells = rows.map((row) => [
    row.namespace,
    row.name,
    row.owner,
    row.consumers.join(' ') || '-',
    `${row.periodDays} d`,
    row.lastRotation?.slice(0, 16).replace('T', ' ') ?? 'never',
    row.ageDays === undefined ? '-' : `${row.ageDays} d`,
    row.overdue ? 'OVERDUE' : 'no',
    row.delivered === undefined ? 'store only' : row.delivered ? 'yes' : `NO: ${row.problem ?? ''}`,
  ])
  const all = [['ENVIRONMENT', 'NAME', 'OWNER', 'CONSUMERS', 'PERIOD', 'LAST ROTATION', 'AGE', 'OVERDUE', 'DELIVERED'], ...cells]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
}
