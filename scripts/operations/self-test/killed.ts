import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'

/** A command of ours at work. */
export interface AtWork {
  /** Resolves when its process has ended, however. */
  ended: Promise<void>
  hasEnded: () => boolean
}

/** Runs a command of ours beside this process while `work` is done, and kills it and what it started (SIGKILL) when that is done and it has not ended by itself. */
export async function killedAfter<T>(args: readonly string[], work: (command: AtWork) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [join(repository, 'scripts/plumbline.mjs'), ...args], { cwd: repository, detached: true, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => { child.on('close', () => { resolve() }) })
  try {
    return await work({ ended, hasEnded: () => child.exitCode !== null })
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    await ended
  }
}
