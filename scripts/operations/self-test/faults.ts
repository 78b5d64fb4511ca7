import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { paths, repository } from '../../../fixtures/sandbox/paths.ts'
import { inTemporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import { firstRunRequests, madeCollections } from '../../../suites/intent/first-run.ts'
import type { CreateRequest } from '../../../suites/intent/first-run.ts'
import { runningSandbox } from '../../console/running-sandbox.ts'
import { sentenceOf } from '../../console/failure.ts'
import { differences } from '../platform-digest/digest.ts'
import { currentDigest } from '../breaches/world.ts'
import { textAt } from '../pipeline/applied.ts'
import { runMarker } from '../pipeline/children.ts'
import { installationOf } from '../pipeline/installation.ts'
import { linodeAccount } from '../pipeline/linode-account.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { provision } from '../pipeline/provision.ts'
import { stateKey } from '../pipeline/safe-run.ts'
import { bucketType, readState } from '../pipeline/state-objects.ts'
import { processesHere } from '../pipeline/survivors.ts'
import { killedAfter } from './killed.ts'
import { randomFractions } from './random.ts'
import type { Random } from './random.ts'
import type { Stage, StageWorld, Tally } from './stage.ts'
import { single, sum } from './stage.ts'

const platformFile = join(repository, 'terraform/platform.yaml')
const faultSchema = z.looseObject({ id: z.int(), struck: z.int() })

/** On a sandbox that is up and not provisioned: the quota is exhausted at each step in turn, nothing partial is left, and the run after it succeeds. */
export const quotaAtEachStep: Stage = {
  name: 'quota at each step',
  run: async (world) => {
    const tallies: Tally[] = []
    const before = new Set(await onLinode())
    for (const request of firstRunRequests) tallies.push(await refusedAt(request, before, world))
    const after = await provision({ target: 'sandbox', report: world.report, signal: world.signal }).then(() => undefined, (error: unknown) => sentenceOf(error))
    return sum([...tallies, single(after === undefined, `expected the run after the quota was raised to succeed, but: ${after ?? ''}`)])
  },
}

async function refusedAt({ path, after, limit }: CreateRequest, before: ReadonlySet<string>, { report, signal }: StageWorld): Promise<Tally> {
  const at = `POST ${path}${after === 0 ? '' : `, when ${String(after)} were let through`}`
  const { linode } = await runningSandbox()
  const ask = async (method: 'GET' | 'POST' | 'DELETE', ending: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${linode.adminUrl.replace(/\/$/, '')}/faults${ending}`, {
      method, headers: { authorization: `Bearer ${linode.token}`, 'content-type': 'application/json' }, ...body === undefined ? {} : { body: JSON.stringify(body) },
    })
    return answer.json()
  }
  const { id } = faultSchema.parse(await ask('POST', '', { kind: 'quota', method: 'POST', path, after, limit }))
  try {
    const refused = await provision({ target: 'sandbox', report, signal }).then(() => undefined, (error: unknown) => error instanceof Error ? error.message : String(error))
    const { struck } = faultSchema.parse(await ask('GET', `/${String(id)}`))
    const left = await partial(before)
    return sum([
      single(struck > 0, `expected the quota at ${at} to be met, but nothing asked for it`),
      single(refused !== undefined && /limit of the account is reached/.test(refused), `expected the run to name the limit at ${at}, but it ${refused === undefined ? 'succeeded' : `said: ${refused}`}`),
      single(left.length === 0, `expected nothing partial after the quota at ${at}, but there is ${left.join(', ')}`),
    ])
  } finally {
    await ask('DELETE', `/${String(id)}`)
  }
}

/** What is on Linode that was not there before, and what is in the state, beside the buckets. */
async function partial(before: ReadonlySet<string>): Promise<string[]> {
  const platform = await loadPlatform(platformFile)
  const installation = await installationOf('sandbox', platform)
  const state = readState(await textAt({ client: s3Client(installation.objectStorage), bucket: platform.state.bucket }, stateKey) ?? '')
  const inState = [...state?.objects ?? []].filter(([, { type }]) => type !== bucketType).map(([address]) => `${address} in the state`)
  return [...(await onLinode()).filter((object) => !before.has(object)), ...inState]
}

async function onLinode(): Promise<string[]> {
  const account = linodeAccount(await installationOf('sandbox', await loadPlatform(platformFile)))
  const found = await Promise.all(madeCollections.map(async (path) => (await account.list(path)).map((object) => `${path}/${String(object['id'])}`)))
  return found.flat()
}

/** A run takes longer than this only when it changes something; a moment behind its end kills nothing. Milliseconds. */
const latestMoment = 30_000

/**
 * On a provisioned sandbox: runs that add and remove a pool are killed with SIGKILL at moments that the seed decides, then one run is left to
 * end. The platform must be what an undisturbed run made of it, and on this machine nothing may be left of those that were killed.
 */
export function killedAtRandomMoments({ count, seed }: Random): Stage {
  return {
    name: `kill -9 at ${String(count)} moments`,
    run: async ({ report, signal }) => {
      await provision({ target: 'sandbox', report, signal })
      const before = await currentDigest()
      const moments = randomFractions({ count, seed }).map((fraction) => fraction * latestMoment)
      await inTemporaryFolder('kills', async (folder) => {
        const withPool = join(folder, 'platform.yaml')
        await writeFile(withPool, await fileWithPool())
        for (const [index, moment] of moments.entries()) {
          signal.throwIfAborted()
          await killedAfter(['provision', '--platform', index % 2 === 0 ? withPool : platformFile], ({ ended }) => Promise.race([ended, delay(moment)]))
        }
        await provision({ target: 'sandbox', report, signal })
      })
      const changed = differences(before, await currentDigest())
      const left = await leftHere()
      return sum([
        single(changed.length === 0, `expected the platform to be what an undisturbed run makes (seed ${String(seed)}), but ${changed.join(', ')}`),
        single(left.length === 0, `expected nothing on this machine of the runs that were killed (seed ${String(seed)}), but there is ${left.join(', ')}`),
      ])
    },
  }
}

/** Processes that the pipeline started, and folders for the moment. */
async function leftHere(): Promise<string[]> {
  const started = (await processesHere()).filter(({ environment }) => environment.some((variable) => variable.startsWith(`${runMarker}=`)))
  const folders = await readdir(paths.temporary)
  return [...started.map(({ pid, program }) => `${program} (process ${String(pid)})`), ...folders.map((name) => join(paths.temporary, name))]
}

async function fileWithPool(): Promise<string> {
  const file = z.looseObject({ pools: z.array(z.looseObject({ purpose: z.string() })).min(1) }).parse(parse(await readFile(platformFile, 'utf8')))
  return stringify({ ...file, pools: [...file.pools, { ...file.pools[0], purpose: 'rehearsal', count: 1 }] })
}
