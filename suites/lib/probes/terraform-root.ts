import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Platform } from '../platform/platform.ts'
import { storageClient } from '../platform/storage.ts'
import type { RehearsalOffer } from '../rehearsals.ts'
import { runCommand, startCommand, type CommandOutcome, type RunningCommand } from './command.ts'

/**
 * A Terraform root of the rehearsal's own, with its state in the platform's state bucket under a key of its own: the same backend, the same
 * lock, and nothing of the platform. It makes nothing but a number in its state.
 */
export interface TerraformRoot {
  key: string
  apply: (value: number) => Promise<CommandOutcome>
  /** Exit code 0: nothing to do, 2: something. */
  plan: (value: number) => Promise<CommandOutcome>
  /** An apply that holds the lock until it is answered with yes. */
  holdingApply: (value: number) => RunningCommand
  forceUnlock: (lockId: string) => Promise<CommandOutcome>
  /** Stores bytes as the newest version of the state, as somebody who restores one does. */
  restore: (bytes: Buffer) => Promise<void>
}

export interface RootOrder {
  platform: Platform
  terraform: NonNullable<RehearsalOffer['terraform']>
  /** Lower-cased run id. */
  run: string
  name: string
  authorities: string
  signal: AbortSignal
}

/** Where the states of rehearsals lie in the state bucket, by the lower-cased id of their run. */
export const rehearsalsPrefix = 'rehearsals/'

/** How often the store is asked to keep or forget something of a rehearsal. */
export const storeAttempts = 5

const variables = (value: number): string[] => [`-var=value=${value}`]

/** Gives `work` a root that is initialised; its folder and every version of its state and lock are removed afterwards, whatever happened. */
export async function withTerraformRoot<T>(order: RootOrder, work: (root: TerraformRoot) => Promise<T>): Promise<T> {
  const { platform: { outputs: { state } }, terraform: { program, environment }, signal } = order
  const key = `${rehearsalsPrefix}${order.run}/${order.name}`
  const cwd = await mkdtemp(join(tmpdir(), 'plumbline-root-'))
  const { AWS_ACCESS_KEY_ID: access = '', AWS_SECRET_ACCESS_KEY: secret = '' } = environment
  const store = storageClient(state, { access_key: access, secret_key: secret }, order.authorities, storeAttempts)
  const command = (args: readonly string[]) => ({ program, args: [...args], cwd, environment, budget: budgets.terraformRun, signal })
  try {
    await writeFile(join(cwd, 'main.tf'), rootOf({ ...state, key }))
    const init = await runCommand(command(['init', '-no-color']))
    if (init.exitCode !== 0) throw new IndeterminateError(`expected Terraform to connect to ${key} in ${state.bucket}, but it ended with ${init.exitCode ?? 'a signal'}: ${init.stderr.trim()}`)
    return await work({
      key,
      apply: (value) => runCommand(command(['apply', '-no-color', '-auto-approve', ...variables(value)])),
      plan: (value) => runCommand(command(['plan', '-no-color', '-detailed-exitcode', ...variables(value)])),
      holdingApply: (value) => startCommand(command(['apply', '-no-color', '-input=true', ...variables(value)])),
      forceUnlock: (lockId) => runCommand(command(['force-unlock', '-force', lockId])),
      restore: async (bytes) => {
        await store.send(new PutObjectCommand({ Bucket: state.bucket, Key: key, Body: bytes, ContentType: 'application/json' }), { abortSignal: deadline(budgets.storageRequest) })
      },
    })
  }
  finally {
    await rm(cwd, { recursive: true, force: true })
    await forget(store, state.bucket, key)
  }
}

function rootOf({ bucket, key, region, endpoint }: { bucket: string, key: string, region: string, endpoint: string }): string {
  const url = endpoint.includes('://') ? endpoint : `https://${endpoint}`
  return `terraform {
  backend "s3" {
    bucket                      = ${JSON.stringify(bucket)}
    key                         = ${JSON.stringify(key)}
    region                      = ${JSON.stringify(region)}
    endpoints                   = { s3 = ${JSON.stringify(url)} }
    use_lockfile                = true
    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    skip_requesting_account_id  = true
    skip_s3_checksum            = true
  }
}

variable "value" {
  type = number
}

resource "terraform_data" "this" {
  input = var.value
}
`
}

/**
 * Removes every version of what lies below a prefix, of each key the oldest first (a listing begins with the newest): a store that makes the version before it the newest one while that is being removed as
 * well refuses. Not bound to the run's signal: what a cancelled rehearsal made is removed too.
 */
export async function forget(store: ReturnType<typeof storageClient>, bucket: string, prefix: string): Promise<void> {
  for (let more = true; more;) {
    const page = await store.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }), { abortSignal: deadline(budgets.storageRequest) })
    const found = [...page.Versions ?? [], ...page.DeleteMarkers ?? []]
    const byKey = Map.groupBy(found.toReversed(), ({ Key }) => Key)
    await Promise.all([...byKey.values()].map(async (versions) => {
      for (const { Key, VersionId } of versions) await store.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }), { abortSignal: deadline(budgets.storageRequest) })
    }))
    more = page.IsTruncated === true && found.length > 0
  }
}
