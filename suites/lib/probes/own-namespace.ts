import type { RunRecord } from '../footprint.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { makeNamespace } from './probe-namespace.ts'

export interface OwnPlace {
  platform: Pick<Platform, 'cluster' | 'namespaceOf'>
  /** `label` is the lower-cased run id. */
  run: { label: string } & RunRecord
}

/** A namespace of the run's own without any policy, in which it binds itself to work. Its removal is the run's. Rejects with IndeterminateError when it cannot be made. */
export async function ownNamespace({ platform, run }: OwnPlace, purpose: string): Promise<string> {
  const name = `plumbline-probe-${purpose}-${run.label}`
  const why = await makeNamespace({ clients: platform.cluster, run: run.label, record: run }, name, { 'pod-security.kubernetes.io/enforce': 'restricted' })
  if (why !== undefined) throw new IndeterminateError(`expected to make a namespace to work in, but ${why}`)
  return name
}
