import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { signerNamed } from '../people/signer.ts'
import { actor } from '../pipeline/events.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Installation, Target } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { accountsOn } from './accounts.ts'
import type { Accounts } from './accounts.ts'
import type { RecordPlace } from './records.ts'

export interface AccessOptions { target: Target, platformFile?: string | undefined, signal?: AbortSignal | undefined }

/** A provisioned installation, opened to give and take access. */
export interface AccessSession {
  target: Target
  installation: Installation
  platform: Platform
  outputs: Outputs
  /** As the administrator of the Terraform outputs. */
  cluster: KubeConfig
  accounts: Accounts
  records: RecordPlace
}

/** Rejects with one sentence when there is no platform. */
export async function openAccess({ target, platformFile = join(repository, 'terraform/platform.yaml'), signal }: AccessOptions): Promise<AccessSession> {
  const platform = await loadPlatform(platformFile)
  const installation = await installationOf(target, platform)
  const outputs = await readOutputs(target, { platformFile, ...signal === undefined ? {} : { signal } })
  const cluster = administratorOf(outputs)
  const namespaces = Object.fromEntries(Object.entries(outputs.environments).map(([name, { namespace }]) => [name, namespace]))
  return {
    target, installation, platform, outputs, cluster,
    accounts: accountsOn(cluster, namespaces),
    records: { target, folder: installation.folder, client: s3Client(installation.objectStorage), audit: platform.audit },
  }
}

export function administratorOf(outputs: Outputs): KubeConfig {
  const cluster = new KubeConfig()
  cluster.loadFromString(kubeconfigOf(outputs))
  return cluster
}

/** Who acts: a person of the installation whose key is on this machine, or whoever runs the command. */
export async function whoActs({ installation: { people } }: Pick<AccessSession, 'installation'>, as: string | undefined): Promise<string> {
  return as === undefined ? actor() : (await signerNamed(people, as)).name
}
