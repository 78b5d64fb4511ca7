import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { installationOf } from './installation.ts'
import type { Target } from './installation.ts'
import type { Outputs } from './outputs.ts'
import { loadPlatform } from './platform-file.ts'
import { terraform } from './terraform.ts'
import { terraformVariables } from './terraform-variables.ts'

/**
 * The Terraform outputs of a provisioned target, read from its state. Works on a machine that did not provision it. Rejects with a
 * CommandFailure that says what to run when there is no platform.
 */
export async function readOutputs(target: Target, { platformFile = join(repository, 'terraform/platform.yaml'), signal }: { platformFile?: string, signal?: AbortSignal } = {}): Promise<Outputs> {
  const platform = await loadPlatform(platformFile)
  const workspace = terraform(await installationOf(target, platform), signal)
  const connected = await access(join(workspace.folder, '.terraform/terraform.tfstate')).then(() => true, () => false)
  if (!connected) {
    await workspace.prepare(terraformVariables(platform))
    await workspace.init(platform.state.bucket)
  }
  return workspace.outputs()
}
