import { ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { isForsaken } from '../footprint.ts'
import type { PlatformOutputs } from '../platform/outputs.ts'
import { storageClient } from '../platform/storage.ts'
import type { RehearsalOffer } from '../rehearsals.ts'
import { forget, rehearsalsPrefix, storeAttempts } from './terraform-root.ts'

/** The runs whose rehearsals left states behind, by the keys below `rehearsals/`: those that are known to be killed, and those too old to be at work. */
export function forsakenRehearsals(keys: readonly string[], { killed, now }: { killed: readonly string[], now: number }): string[] {
  const runs = new Set(keys.flatMap((key) => key.startsWith(rehearsalsPrefix) ? key.slice(rehearsalsPrefix.length).split('/')[0] ?? [] : []))
  return [...runs].filter((run) => killed.includes(run) || isForsaken(run, now)).sort()
}

export interface ForsakenOrder {
  outputs: Pick<PlatformOutputs, 'state'>
  terraform: RehearsalOffer['terraform']
  authorities: string
  /** Lower-cased ids of runs that are known to have been killed. */
  killed: readonly string[]
}

/** Removes the states and locks that rehearsals of killed runs left in the state bucket; resolves with the runs. Nothing is removed where there is nothing to rehearse with. */
export async function sweepRehearsals({ outputs: { state }, terraform, authorities, killed }: ForsakenOrder): Promise<string[]> {
  const { AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret } = terraform?.environment ?? {}
  if (access === undefined || secret === undefined) return []
  const store = storageClient(state, { access_key: access, secret_key: secret }, authorities, storeAttempts)
  const { Versions = [], DeleteMarkers = [] } = await store.send(new ListObjectVersionsCommand({ Bucket: state.bucket, Prefix: rehearsalsPrefix }), { abortSignal: deadline(budgets.storageRequest) })
  const runs = forsakenRehearsals([...Versions, ...DeleteMarkers].flatMap(({ Key }) => Key ?? []), { killed, now: Date.now() })
  for (const run of runs) await forget(store, state.bucket, `${rehearsalsPrefix}${run}/`)
  return runs
}
