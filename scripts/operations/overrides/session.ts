import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { approvals } from '../approvals/store.ts'
import { signerNamed } from '../people/signer.ts'
import type { Signer } from '../people/signer.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Target } from '../pipeline/installation.ts'
import { withKubeconfig } from '../pipeline/kubeconfig-file.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { overridePolicies } from './cluster.ts'
import { overrides } from './overrides.ts'

export interface SessionOptions { target: Target, platformFile?: string | undefined, signal: AbortSignal }

export interface OverrideSession {
  overrides: ReturnType<typeof overrides>
  /** Rejects with a UsageFailure when nobody is called so, or their key is not on this machine. */
  signer: (name: string) => Promise<Signer>
}

/** Opens a provisioned target for `work` on its overrides. Not alone: an override neither waits for the pipeline nor holds it up. */
export async function withOverrides<T>({ target, platformFile = join(repository, 'terraform/platform.yaml'), signal }: SessionOptions, work: (session: OverrideSession) => Promise<T>): Promise<T> {
  const platform = await loadPlatform(platformFile)
  const installation = await installationOf(target, platform)
  const { people } = installation
  const outputs = await readOutputs(target, { platformFile, signal })
  return withKubeconfig(installation.folder, kubeconfigOf(outputs), async (kubeconfig) => {
    const store = approvals({ client: s3Client(installation.objectStorage), audit: platform.audit, people })
    return work({ overrides: overrides({ store, policies: await overridePolicies(kubeconfig), people }), signer: async (name) => signerNamed(people, name) })
  })
}
