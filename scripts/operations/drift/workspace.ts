import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../../../fixtures/sandbox/process.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { run } from '../pipeline/children.ts'
import type { Installation } from '../pipeline/installation.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import type { Platform } from '../pipeline/platform-schema.ts'
import { explained } from '../pipeline/terraform-failures.ts'
import { terraform } from '../pipeline/terraform.ts'
import { terraformVariables } from '../pipeline/terraform-variables.ts'

/** Terraform as a comparison uses it: it reads, and takes no lock. */
export interface DriftWorkspace {
  outputs(): Promise<Outputs>
  /** What applying the checkout would change, with what Linode says now. Holds secrets: names may be told, values not. */
  plan(): Promise<string>
  /** The provider's schema. */
  schema(): Promise<string>
}

const planFile = 'drift.tfplan'
const prefix = 'drift-'

/**
 * Gives `work` a scratch copy of its own, so that a run of the pipeline may go on beside it, and removes it: a plan holds secrets. What a killed
 * comparison left is removed first.
 */
export async function withDriftWorkspace<T>(place: { installation: Installation, platform: Platform, signal?: AbortSignal | undefined }, work: (workspace: DriftWorkspace) => Promise<T>): Promise<T> {
  const { installation, platform, signal } = place
  await forget(installation.folder)
  const folder = join(installation.folder, `${prefix}${String(process.pid)}`)
  const copy = terraform({ ...installation, folder }, signal)
  const call = async (...args: string[]): Promise<string> => {
    try {
      return (await run(await tool('terraform'), args, { cwd: copy.folder, env: installation.terraformEnvironment, signal })).stdout
    } catch (error) {
      throw explained(error)
    }
  }
  try {
    await copy.prepare(terraformVariables(platform))
    await copy.init(platform.state.bucket)
    return await work({
      outputs: async () => copy.outputs(),
      plan: async () => {
        await call('plan', '-no-color', '-lock=false', `-out=${planFile}`)
        return call('show', '-json', planFile)
      },
      schema: async () => call('providers', 'schema', '-json'),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function forget(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  const left = names.filter((name) => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))))
  await Promise.all(left.map(async (name) => rm(join(folder, name), { recursive: true, force: true })))
}
