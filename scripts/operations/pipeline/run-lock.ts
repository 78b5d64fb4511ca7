import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isAlive } from '../../../fixtures/sandbox/process.ts'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

const holderSchema = z.object({ pid: z.int(), since: z.string() })

/**
 * Runs `work` as the only run in this folder on this machine; Terraform's own lock guards the state against other machines. Rejects
 * with who holds it. The lock of a process that is gone does not count.
 */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, 'provision.lock')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await take(file)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function take(file: string): Promise<void> {
  const mine = JSON.stringify({ pid: process.pid, since: new Date().toISOString() })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const taken = await writeFile(file, mine, { flag: 'wx' }).then(() => true, (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
      throw error
    })
    if (taken) return
    const holder = await holderOf(file)
    if (holder !== undefined && isAlive(holder.pid)) throw held(holder)
    await rm(file, { force: true })
  }
  throw new CommandFailure(`Another provision took ${file} just now; wait until it has ended and run again.`, exitCodes.partial)
}

function held({ pid, since }: z.infer<typeof holderSchema>): CommandFailure {
  return new CommandFailure(`Another provision of this target has been running since ${since} (process ${pid}); wait until it has ended and run again.`, exitCodes.partial)
}

async function holderOf(file: string): Promise<z.infer<typeof holderSchema> | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
