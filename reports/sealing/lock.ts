import { randomUUID } from 'node:crypto'
import { readFile, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { exitCodes } from '../model/verdict.ts'
import { PublishFailure } from './failure.ts'

export const lockName = 'ledger.lock'

/** How long a run waits for another one that is publishing. Milliseconds; publishing itself takes a few seconds. */
const patience = 60_000
const interval = 100
const settling = 30

/** Runs `work` while no other process publishes into the same folder. A lock whose process is gone is taken over. */
export async function withLedgerLock<T>(reportsFolder: string, work: () => Promise<T>, wait = patience): Promise<T> {
  const path = join(reportsFolder, lockName)
  const mine = `${process.pid} ${(await startOf(process.pid)) ?? '-'} ${randomUUID()}`
  const deadline = performance.now() + wait
  while (!(await taken(path, mine))) {
    const holder = await holderOf(path)
    if (holder !== undefined && !(await isAlive(holder))) await release(path, holder.text)
    else if (performance.now() > deadline) {
      throw new PublishFailure(`Expected to publish within ${wait / 1000} s, but process ${holder?.pid ?? 'unknown'} holds ${path}; wait for it to end and run again.`, exitCodes.usage)
    } else await pause(interval)
  }
  try {
    return await work()
  } finally {
    await release(path, mine)
  }
}

/** The lock is a symlink that leads nowhere: made in one step, with its content, and never there half. */
async function taken(path: string, mine: string): Promise<boolean> {
  try {
    await symlink(mine, path)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false
    throw thrown
  }
  // Another waiter may just have been about to remove the dead lock that was here before: only a lock that stays is held.
  await pause(settling)
  return (await contentOf(path)) === mine
}

async function contentOf(path: string): Promise<string | undefined> {
  return readlink(path).catch(() => undefined)
}

interface Holder {
  readonly text: string
  readonly pid: number
  readonly start: string
}

async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await contentOf(path)
  if (text === undefined) return undefined
  const [pid = '', start = ''] = text.split(' ')
  return { text, pid: Number(pid), start }
}

async function isAlive({ pid, start }: Holder): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  const running = await startOf(pid)
  return running !== undefined && (running === start || start === '-')
}

/** When a process started, in clock ticks since boot: a number that was given to another process since does not count, and neither does a zombie. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const [state = 'X', ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return 'ZX'.includes(state) ? undefined : rest[18]
}

async function release(path: string, text: string): Promise<void> {
  if ((await contentOf(path)) === text) await rm(path, { force: true })
}
