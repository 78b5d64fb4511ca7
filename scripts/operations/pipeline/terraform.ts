import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { run } from './children.ts'
import type { ChildResult } from './children.ts'
import type { Installation } from './installation.ts'
import { linodeSegmentation } from './linode-segmentation.ts'
import type { LinodeSegmentation } from './linode-segmentation.ts'
import { parseOutputs } from './outputs.ts'
import type { Outputs } from './outputs.ts'
import { summarise } from './plan-summary.ts'
import type { PlanSummary } from './plan-summary.ts'
import { readState } from './state-objects.ts'
import type { StateIdentity, StateObjects } from './state-objects.ts'
import { explained } from './terraform-failures.ts'

export type { StateIdentity } from './state-objects.ts'

export interface Plan {
  /** SHA-256 of the stored plan: what is applied is what was looked at. */
  digest: string
  summary: PlanSummary
  /** False when applying would change nothing, outputs included. */
  changes: boolean
  /** Firewall rules and access lists as they would be afterwards. */
  segmentation: LinodeSegmentation
}

const planFile = 'plan.tfplan'
/** A killed pipeline must not take these with it while they make something: they end their work and write it down. */
const changing: ReadonlySet<string> = new Set(['apply', 'destroy'])
const notSources = new Set(['charts', '.terraform', '.terraform.lock.hcl', 'terraform.tfstate', 'terraform.tfstate.backup'])
/** A lock of a moment ago is waited for: whoever asks for this has nobody to try again. */
const waitingForTheLock = '-lock-timeout=60s'

/** Terraform in its scratch copy, so that nothing is ever written into the checkout. */
export function terraform(installation: Installation, signal?: AbortSignal) {
  const folder = join(installation.folder, 'terraform')
  let planned: unknown
  const call = async (args: readonly string[], answers: readonly number[] = [], also?: AbortSignal): Promise<ChildResult> => {
    const ends = [signal, also].filter((one) => one !== undefined)
    try {
      return await run(await tool('terraform'), args, { cwd: folder, env: installation.terraformEnvironment, signal: ends.length === 0 ? undefined : AbortSignal.any(ends), answers, outlives: changing.has(args[0] ?? '') })
    } catch (error) {
      throw explained(error)
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
      planned = JSON.parse(stdout)
      const digest = createHash('sha256').update(await readFile(join(folder, planFile))).digest('hex')
      return { digest: `sha256:${digest}`, summary: summarise(stdout), changes: code === 2, segmentation: linodeSegmentation(stdout) }
    },

    /** The plan as `terraform show -json` prints it, for judging. It holds secrets. */
    planDocument(): unknown {
      return planned
    },

    /** Applies exactly the stored plan; a signal beside the run's own ends it in order. */
    async apply(tooLong?: AbortSignal): Promise<void> {
      await call(['apply', '-no-color', planFile], [], tooLong)
    },

    /** Reads what there is into the state and its outputs; changes nothing else. */
    async refresh(): Promise<void> {
      await call(['apply', '-no-color', '-refresh-only', '-auto-approve'])
    },

    /** A plan holds secrets; it does not outlive its run. */
    async forgetPlan(): Promise<void> {
      planned = undefined
      await rm(join(folder, planFile), { force: true })
    },

    async outputs(): Promise<Outputs> {
      const { stdout } = await call(['output', '-json', '-no-color'])
      return parseOutputs(stdout)
    },

    /** Undefined when there is no state yet. */
    async state(): Promise<StateIdentity | undefined> {
      const { stdout } = await call(['state', 'pull'])
      return readState(stdout)?.identity
    },

    /** What the state says it is and holds; nothing when there is none yet. */
    async snapshot(): Promise<{ identity: StateIdentity | undefined, objects: StateObjects }> {
      const { stdout } = await call(['state', 'pull'])
      return readState(stdout) ?? { identity: undefined, objects: new Map() }
    },

    async objects(): Promise<StateObjects> {
      return (await this.snapshot()).objects
    },

    /** Destroys these addresses, and what depends on them. */
    async destroy(addresses: readonly string[]): Promise<void> {
      await call(['destroy', '-no-color', '-auto-approve', waitingForTheLock, ...addresses.map((address) => `-target=${address}`)])
    },

    /** Takes over an object that is there and that the state does not know. */
    async adopt(address: string, id: string): Promise<void> {
      await call(['import', '-no-color', waitingForTheLock, address, id])
    },

    /** Gives a lock back that its holder cannot give back any more. */
    async forceUnlock(lockId: string): Promise<void> {
      await call(['force-unlock', '-force', lockId])
    },
  }
}

export type Terraform = ReturnType<typeof terraform>

/** What the S3 backend of terraform/versions.tf leaves open. The key is in the environment, never in this file. */
export function backend(bucket: string, { objectStorage: { endpoint, region } }: Pick<Installation, 'objectStorage'>): string {
  return [`bucket = ${JSON.stringify(bucket)}`, `region = ${JSON.stringify(region)}`, `endpoints = { s3 = ${JSON.stringify(endpoint)} }`, ''].join('\n')
}
