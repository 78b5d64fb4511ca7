import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes the kubeconfig of the Terraform outputs (base64) where only this user reads it; resolves with its path. */
export async function writeKubeconfig(folder: string, kubeconfig: string): Promise<string> {
  const path = join(folder, 'operator.kubeconfig')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path, Buffer.from(kubeconfig, 'base64'), { mode: 0o600 })
  return path
}
