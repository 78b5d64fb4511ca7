import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Installation, Target } from '../pipeline/installation.ts'
import { withKubeconfig } from '../pipeline/kubeconfig-file.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { alone } from '../pipeline/run-lock.ts'
import { openStore } from './store.ts'
import type { SecretStore } from './store.ts'

export interface SessionOptions { target: Target, platformFile?: string | undefined, signal: AbortSignal }

/** A provisioned installation, opened for an operation on its secrets. */
export interface Session {
  /** Path of a kubeconfig file. */
  kubeconfig: string
  installation: Installation
  platform: Platform
  outputs: Outputs
}

/** Opens a provisioned target for `work`, alone on this machine: a run of the pipeline delivers secrets too. */
export async function withSession<T>({ target, platformFile = join(repository, 'terraform/platform.yaml'), signal }: SessionOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const platform = await loadPlatform(platformFile)
  const installation = await installationOf(target, platform)
  return alone(installation.folder, async () => {
    const outputs = await readOutputs(target, { platformFile, signal })
    return withKubeconfig(installation.folder, kubeconfigOf(outputs), async (kubeconfig) => work({ kubeconfig, installation, platform, outputs }))
  })
}

/** The store's metadata, for which no identity is needed. */
export function storeMetadata({ installation, platform }: Pick<Session, 'installation' | 'platform'>): Pick<SecretStore, 'versions'> {
  return openStore({ client: s3Client(installation.objectStorage), bucket: platform.secrets.bucket, identity: undefined })
}
