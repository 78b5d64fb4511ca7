import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { hostname } from 'node:os'
import { $ } from 'zx'
import { parse } from 'yaml'
import { paths, repository } from '../../../fixtures/sandbox/paths.ts'
import type { RunFacts } from '../../../reports/model/results.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import type { Target } from '../pipeline/installation.ts'

async function git(...args: string[]): Promise<string> {
  const said = await $({ nothrow: true, quiet: true, cwd: repository })`git ${args}`
  return said.exitCode === 0 ? said.stdout.trim() : ''
}

/**
 * What tests: the suite's commit and whether the checkout differs from it, the programs, the machine, and the most memory that this process
 * has had in use, bytes (getrusage counts KiB). The cases run in a thread of it, so that is the harness whole.
 */
export async function verifierFacts(): Promise<RunFacts['verifier']> {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as { version: string }
  const changed = await git('status', '--porcelain')
  return { plumbline: version, commit: await git('rev-parse', 'HEAD'), uncommittedChanges: changed !== '', node: process.version, host: hostname(), peakMemoryBytes: process.resourceUsage().maxRSS * 1024 }
}

function authorityFingerprint(kubeconfig: string): string {
  const config = parse(kubeconfig) as { clusters?: { cluster?: Record<string, string> }[] } | null
  const authority = config?.clusters?.[0]?.cluster?.['certificate-authority-data'] ?? ''
  return createHash('sha256').update(Buffer.from(authority, 'base64')).digest('hex')
}

interface ProvisioningRecord {
  id: string
  outcome: string
  incremental: boolean
  finishedAt: string
  durationMs: number
  stateSerial?: number
  stateLineage?: string
  planDigest?: string
  phases: { phase: string; seconds: number }[]
  releases: { name: string; revision: number }[]
}

/** The events of this machine's provisioning runs, oldest first; none when the platform was provisioned elsewhere. */
export async function provisioningRecords(target: Target): Promise<ProvisioningRecord[]> {
  const text = await readFile(join(paths.work, target, 'events.ndjson'), 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as ProvisioningRecord)
}

/** What is under test, without secrets. */
export async function platformFacts(target: Target, outputs: Outputs): Promise<RunFacts['platform']> {
  const last = (await provisioningRecords(target)).at(-1)
  const state = last === undefined ? {} : { serial: last.stateSerial ?? null, lineage: last.stateLineage ?? null, planDigest: last.planDigest ?? null }
  return {
    cluster: { ...outputs.cluster, certificateAuthoritySha256: authorityFingerprint(kubeconfigOf(outputs)) },
    environments: outputs.environments,
    state,
    releases: Object.fromEntries((last?.releases ?? []).map(({ name, revision }) => [name, revision])),
    database: { host: outputs.database.host, port: outputs.database.port, engine: outputs.database.engine },
  }
}

/** How long the sandbox and the newest full and newest provisioning runs took, phase by phase, for the report's table. */
export async function provisioningTimings(target: Target): Promise<RunFacts['timings']> {
  const done = (await provisioningRecords(target)).filter((one) => one.outcome === 'success')
  const full = done.findLast((one) => !one.incremental)
  const incremental = done.findLast((one) => one.incremental)
  const rows = (label: string, one: ProvisioningRecord | undefined): RunFacts['timings'] =>
    one === undefined ? [] : [{ phase: label, seconds: one.durationMs / 1000 }, ...one.phases.map(({ phase, seconds }) => ({ phase: `${label}: ${phase}`, seconds }))]
  return [...rows('provision from nothing', full), ...rows('incremental provision', incremental)]
}
