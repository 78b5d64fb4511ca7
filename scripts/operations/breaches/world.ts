import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { BreachMemory, BreachWorld } from '../../../fixtures/breaches/breach.ts'
import { clusterAccess } from '../../../fixtures/breaches/cluster.ts'
import { linodeAccess } from '../../../fixtures/breaches/linode.ts'
import { paths, repository } from '../../../fixtures/sandbox/paths.ts'
import { sentenceOf } from '../../console/failure.ts'
import { runningSandbox } from '../../console/running-sandbox.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { provision } from '../pipeline/provision.ts'
import { platformDigest } from '../platform-digest/digest.ts'
import type { PlatformDigest } from '../platform-digest/digest.ts'
import { guidesIn } from './guides.ts'
import type { GuidesInPlace } from './guides.ts'

/** Where breaches keep what they need to be undone; a folder that is there belongs to a breach that was not. */
export const breachesFolder = join(paths.work, 'breaches')

const memoryFile = 'memory.json'
const registrySchema = z.looseObject({ storage: z.looseObject({ filesystem: z.looseObject({ rootdirectory: z.string() }) }) })

export interface OpenWorld {
  world: BreachWorld
  /** Ends what goes on meanwhile and waits for it; resolves with what went wrong in it, if anything did. */
  quiet: () => Promise<string | undefined>
  /** What it hands to whoever follows a guide. */
  guides: GuidesInPlace['given']
  /** Forgets the breach: it has been undone. */
  close: () => Promise<void>
}

/** What one breach works with on the running sandbox. Rejects with a sentence when there is none. */
export async function openWorld(id: string): Promise<OpenWorld> {
  const connection = await runningSandbox()
  const platform = await loadPlatform(join(repository, 'terraform/platform.yaml'))
  const scratch = join(breachesFolder, id)
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  const controller = new AbortController()
  const background: Promise<void>[] = []
  const guides = guidesIn(scratch)
  return {
    world: {
      cluster: clusterAccess(connection.kubernetes.kubeconfig),
      objectStorage: s3Client({ ...connection.objectStorage, ca: await readFile(connection.caFile, 'utf8') }),
      linode: linodeAccess(connection.linode),
      stateBucket: platform.state.bucket,
      auditBucket: platform.audit.bucket,
      secretsBucket: platform.secrets.bucket,
      buckets: join(paths.sandbox, 'objectstore/buckets'),
      registry: await registryStorage(),
      scratch,
      memory: memoryIn(join(scratch, memoryFile)),
      provision: ({ programs } = {}) => withPrograms(programs, async () => {
        await provision({ target: 'sandbox' })
      }),
      rewriteGuide: guides.rewriteGuide,
      replaceProgram: guides.replaceProgram,
      meanwhile: (work) => {
        background.push(work(controller.signal))
      },
    },
    quiet: async () => {
      controller.abort()
      const ended = await Promise.allSettled(background)
      return ended.flatMap((one) => (one.status === 'rejected' ? [sentenceOf(one.reason)] : []))[0]
    },
    guides: guides.given,
    close: () => rm(scratch, { recursive: true, force: true }),
  }
}

/** What the platform is at this moment, for somebody who breaks nothing. */
export async function currentDigest(): Promise<PlatformDigest> {
  const { world, close } = await openWorld('none')
  try {
    return await platformDigest(world)
  } finally {
    await close()
  }
}

/** The storage of the registry that runs, which is not that of the newest images when those were built after `up`. */
async function registryStorage(): Promise<string> {
  const file = join(paths.sandbox, 'registry.yml')
  return registrySchema.parse(parse(await readFile(file, 'utf8'))).storage.filesystem.rootdirectory
}

async function withPrograms<T>(folder: string | undefined, work: () => Promise<T>): Promise<T> {
  const before = process.env['PATH']
  if (folder !== undefined) process.env['PATH'] = [folder, before].filter(Boolean).join(delimiter)
  try {
    return await work()
  } finally {
    process.env['PATH'] = before
  }
}

function memoryIn(file: string): BreachMemory {
  const read = async (): Promise<Record<string, unknown>> => {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
      throw error
    })
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  }
  return {
    // Written before the platform is touched, so that a killed process leaves what the next one needs.
    keep: async (name, value) => writeFile(file, JSON.stringify({ ...await read(), [name]: value }), { mode: 0o600, flush: true }),
    kept: async (name) => (await read())[name],
  }
}
