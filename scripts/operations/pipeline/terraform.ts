import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { run } from './children.ts'
import type { ChildResult } from './children.ts'
import type { Installation } from './installation.ts'
import { parseOutputs } from './outputs.ts'
import type { Outputs } from './outputs.ts'
import { summarise } from './plan-summary.ts'
import type { PlanSummary } from './plan-summary.ts'
import { explained } from './terraform-failures.ts'

export interface Plan {
  /** SHA-256 of the stored plan: what is applied is what was looked at. */
  digest: string
  summary: PlanSummary
  /** False when applying would change nothing, outputs included. */
  changes: boolean
}

export interface StateIdentity { serial: number, lineage: string, resources: number }

const planFile = 'plan.tfplan'
const notSources = new Set(['charts', '.terraform', '.terraform.lock.hcl', 'terraform.tfstate', 'terraform.tfstate.backup'])
const stateSchema = z.object({ serial: z.int(), lineage: z.string(), resources: z.array(z.unknown()) })
  .transform((state): StateIdentity => ({ ...state, resources: state.resources.length }))

/** Terraform in its scratch copy, so that nothing is ever written into the checkout. */
export function terraform(installation: Installation, signal?: AbortSignal) {
  const folder = join(installation.folder, 'terraform')
  const call = async (args: readonly string[], answers: readonly number[] = []): Promise<ChildResult> => {
    try {
      return await run(await tool('terraform'), args, { cwd: folder, env: installation.terraformEnvironment, signal, answers })
    } catch (error) {
      throw explained(error, folder)
    }
  }

  return {
    folder,

    /** Copies the sources, keeps the providers of the last run. */
    async prepare(variables: Record<string, unknown>): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const old = (await readdir(folder)).filter((name) => name !== '.terraform')
      await Promise.all(old.map(async (name) => rm(join(folder, name), { recursive: true, force: true })))
      await cp(join(repository, 'terraform'), folder, { recursive: true, filter: (source) => !notSources.has(basename(source)) })
      await writeFile(join(folder, 'platform.auto.tfvars.json'), JSON.stringify(variables, null, 2))
    },

    /** Connects to the state in its bucket. */
    async init(bucket: string): Promise<void> {
      await writeFile(join(folder, 'backend.tfbackend'), backend(bucket, installation))
      await call(['init', '-no-color', '-reconfigure', '-backend-config=backend.tfbackend'])
    },

    async plan(): Promise<Plan> {
      const { code } = await call(['plan', '-no-color', '-detailed-exitcode', `-out=${planFile}`], [2])
      const { stdout } = await call(['show', '-json', planFile])
      const digest = createHash('sha256').update(await readFile(join(folder, planFile))).digest('hex')
      return { digest: `sha256:${digest}`, summary: summarise(stdout), changes: code === 2 }
    },

    /** Applies exactly the stored plan. */
    async apply(): Promise<void> {
      await call(['apply', '-no-color', planFile])
    },

    /** Reads what there is into the state and its outputs; changes nothing else. */
    async refresh(): Promise<void> {
      await call(['apply', '-no-color', '-refresh-only', '-auto-approve'])
    },

    /** A plan holds secrets; it does not outlive its run. */
    async forgetPlan(): Promise<void> {
      await rm(join(folder, planFile), { force: true })
    },

    async outputs(): Promise<Outputs> {
      const { stdout } = await call(['output', '-json', '-no-color'])
      return parseOutputs(stdout)
    },

    /** Undefined when there is no state yet. */
    async state(): Promise<StateIdentity | undefined> {
      const { stdout } = await call(['state', 'pull'])
      return stdout.trim() === '' ? undefined : stateSchema.parse(JSON.parse(stdout))
    },
  }
}

export type Terraform = ReturnType<typeof terraform>

/** What the S3 backend of terraform/versions.tf leaves open. The key is in the environment, never in this file. */
export function backend(bucket: string, { objectStorage: { endpoint, region } }: Pick<Installation, 'objectStorage'>): string {
  return [`bucket = ${JSON.stringify(bucket)}`, `region = ${JSON.stringify(region)}`, `endpoints = { s3 = ${JSON.stringify(endpoint)} }`, ''].join('\n')
}
