import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { withLedgerLock } from './lock.ts'
import { workplace } from './sample-publication.ts'

describe('the lock over the ledger', () => {
  it('lets one in after the other and leaves nothing', async () => {
    await using place = await workplace()
    let inside = 0
    let most = 0
    await Promise.all(Array.from({ length: 5 }, () => withLedgerLock(place.folder, async () => {
      inside += 1
      most = Math.max(most, inside)
      await pause(20)
      inside -= 1
    })))
    expect(most).toBe(1)
    expect(await readdir(place.folder)).toEqual([])
  })

  it('is let go when the work fails', async () => {
    await using place = await workplace()
    await expect(withLedgerLock(place.folder, () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed')
    expect(await withLedgerLock(place.folder, () => Promise.resolve('in'))).toBe('in')
  })

  it('of a process that is gone is taken over, also when its number is in use again', async () => {
    await using place = await workplace()
    const gone = spawn('true')
    await once(gone, 'exit')
    for (const text of [`${gone.pid ?? 0} 12345 x`, `${process.pid} 1 x`, 'garbage']) {
      await symlink(text, join(place.folder, 'ledger.lock'))
      expect(await withLedgerLock(place.folder, () => Promise.resolve('in'))).toBe('in')
    }
  })

  it('of a living process is waited for, and then named', async () => {
    await using place = await workplace()
    const path = join(place.folder, 'ledger.lock')
    await symlink(`${process.ppid} - x`, path)
    await expect(withLedgerLock(place.folder, () => Promise.resolve('in'), 300)).rejects.toThrow(
      `Expected to publish within 0.3 s, but process ${process.ppid} holds ${path}; wait for it to end and run again.`,
    )
  })
})
