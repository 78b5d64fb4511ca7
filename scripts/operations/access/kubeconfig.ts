import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { stringify } from 'yaml'
import { cache } from '../../../fixtures/sandbox/paths.ts'
import type { Target } from '../pipeline/installation.ts'
import type { Grant } from './profiles.ts'

/** Where a person's kubeconfig goes unless somewhere else is said. */
export function usualPlace(target: Target, { person, environment, profile }: Grant): string {
  return join(cache, 'access', target, `${person}-${environment}-${profile}.kubeconfig`)
}

/** A kubeconfig that holds one environment, one identity and one token, and nothing of whoever wrote it. */
export function kubeconfigFor(administrator: KubeConfig, { person, environment, profile }: Grant, { namespace, token }: { namespace: string, token: string }): string {
  const cluster = administrator.getCurrentCluster()
  if (cluster?.caData === undefined) throw new Error('the kubeconfig of the Terraform outputs names no cluster with its CA')
  const context = `${person}@${environment}`
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster.name, cluster: { server: cluster.server, 'certificate-authority-data': cluster.caData } }],
    users: [{ name: `${person}-${profile}`, user: { token } }],
    contexts: [{ name: context, context: { cluster: cluster.name, user: `${person}-${profile}`, namespace } }],
    'current-context': context,
  })
}

/** Writes a file that only this user reads, whole or not at all. Resolves with its path. */
export async function writePrivately(path: string, text: string): Promise<string> {
  const place = resolve(path)
  const draft = `${place}.${process.pid}`
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    await rename(draft, place)
  } finally {
    await rm(draft, { force: true })
  }
  return place
}
