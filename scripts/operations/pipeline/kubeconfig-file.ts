import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Gives `work` the path of a kubeconfig file that only this user reads and that is gone afterwards. */
export async function withKubeconfig<T>(folder: string, yaml: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = join(folder, `kubeconfig-${randomUUID()}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path, yaml, { mode: 0o600, flag: 'wx' })
  try {
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}
