import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import type { LinodeAccount } from './linode-account.ts'

const clusterSchema = z.array(z.looseObject({ id: z.int(), label: z.string() }))
const poolSchema = z.looseObject({ id: z.int(), type: z.string(), nodes: z.array(z.looseObject({ id: z.string(), status: z.string() })) })
type Pool = z.infer<typeof poolSchema>

/**
 * How long a machine may take to start before the region counts as full, seconds: of a cluster that is there, which takes two to five minutes and has
 * to fit into the ten of an incremental run (NFR-006), and of one that is only being made, whose control plane comes first.
 */
export const usualStart = { incremental: 600, first: 1500 } as const

/** Between two looks, milliseconds: the API allows 200 lists a minute, and the provider asks beside this. */
const between = 5000

/** The region takes orders for machines and starts none. */
export class NeverStarted extends CommandFailure {
  constructor(waiting: readonly string[], seconds: number) {
    super(`Linode accepted machines that have not started after ${seconds} s: ${waiting.join(', ')}. The region has no capacity for the type, or Linode has a fault (https://status.linode.com). `
      + 'Choose another type or region in the platform file, or run `npx plumbline provision` again later; `--nodes-within` says how long to wait.', exitCodes.partial)
    this.name = 'NeverStarted'
  }
}

/** Machines that are ordered and not ready, by their id, since when they were seen so; milliseconds of a clock that only goes forward. */
export type Waiting = Map<string, { since: number, what: string }>

/** What is waited for now: known ones keep their time. */
export function waitingNow(known: Waiting, pools: readonly Pool[], now: number): Waiting {
  return new Map(pools.flatMap(({ id: pool, type, nodes }) => nodes.filter(({ status }) => status !== 'ready').map(({ id }) => [
    id, { since: known.get(id)?.since ?? now, what: `a machine of ${type} for pool ${pool}` },
  ] as const)))
}

interface Watching { account: Pick<LinodeAccount, 'list'>, cluster: string, seconds: number }

/**
 * Does `work` with a signal that is aborted with NeverStarted once a machine of the cluster has been ordered and not ready for too long. The looks
 * decide nothing else: an API that does not answer them is the work's own business.
 */
export async function whileMachinesStart<T>({ account, cluster, seconds }: Watching, work: (tooLong: AbortSignal) => Promise<T>): Promise<T> {
  const tooLong = new AbortController()
  const over = new AbortController()
  const looking = look({ account, cluster, seconds }, { over: over.signal, tooLong })
  try {
    return await work(tooLong.signal)
  } finally {
    over.abort()
    await looking
  }
}

async function look({ account, cluster, seconds }: Watching, { over, tooLong }: { over: AbortSignal, tooLong: AbortController }): Promise<void> {
  let waiting: Waiting = new Map()
  while (!over.aborted && !tooLong.signal.aborted) {
    const pools = await poolsOf(account, cluster).catch(() => undefined)
    const now = performance.now()
    if (pools !== undefined) waiting = waitingNow(waiting, pools, now)
    const late = [...waiting.values()].filter(({ since }) => now - since >= seconds * 1000)
    if (late.length > 0) tooLong.abort(new NeverStarted(late.map(({ what }) => what), seconds))
    await pause(between, undefined, { signal: over }).catch(() => undefined)
  }
}

async function poolsOf(account: Pick<LinodeAccount, 'list'>, cluster: string): Promise<Pool[]> {
  const found = clusterSchema.parse(await account.list('/lke/clusters')).find(({ label }) => label === cluster)
  return found === undefined ? [] : z.array(poolSchema).parse(await account.list(`/lke/clusters/${found.id}/pools`))
}
