import { readFile } from 'node:fs/promises'
import { ApiException, KubeConfig, NetworkingV1Api } from '@kubernetes/client-node'
import type { V1NetworkPolicy } from '@kubernetes/client-node'
import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import { environmentNames } from '../pipeline/platform-schema.ts'
import { overrideLabel } from './policies.ts'

/** A network policy of an override as it stands in the cluster. */
export interface Standing { namespace: string, name: string, id: string, expiresAt: string | undefined }

/** The network policies of overrides in the environments. Every method rejects with a CommandFailure that has the API server's own words. */
export interface OverridePolicies {
  list: () => Promise<Standing[]>
  /** Makes a policy; one that stands already stays as it is. */
  make: (policy: V1NetworkPolicy) => Promise<void>
  /** Harmless when it is gone. */
  remove: (standing: Pick<Standing, 'namespace' | 'name'>) => Promise<void>
}

const statusSchema = z.object({ message: z.string() })

/** `kubeconfig` is a path. */
export async function overridePolicies(kubeconfig: string): Promise<OverridePolicies> {
  const config = new KubeConfig()
  config.loadFromString(await readFile(kubeconfig, 'utf8'))
  const api = config.makeApiClient(NetworkingV1Api)
  return {
    list: async () => (await Promise.all(environmentNames.map(async (namespace) => {
      const { items } = await said(`list the overrides of ${namespace}`, api.listNamespacedNetworkPolicy({ namespace, labelSelector: overrideLabel }))
      return items.map(standingOf)
    }))).flat(),
    make: async (policy) => {
      const namespace = policy.metadata?.namespace ?? ''
      await said(`make the network policy ${namespace}/${policy.metadata?.name ?? ''}`, api.createNamespacedNetworkPolicy({ namespace, body: policy }), 409)
    },
    remove: async ({ namespace, name }) => {
      await said(`remove the network policy ${namespace}/${name}`, api.deleteNamespacedNetworkPolicy({ namespace, name }), 404)
    },
  }
}

export function standingOf({ metadata }: V1NetworkPolicy): Standing {
  return {
    namespace: metadata?.namespace ?? '', name: metadata?.name ?? '',
    id: (metadata?.labels?.[overrideLabel] ?? '').toUpperCase(), expiresAt: metadata?.annotations?.['plumbline.dev/expires-at'],
  }
}

async function said<T>(what: string, request: Promise<T>, harmless?: number): Promise<T>
async function said<T>(what: string, request: Promise<T>, harmless: number): Promise<T | undefined>
async function said<T>(what: string, request: Promise<T>, harmless?: number): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (error instanceof ApiException && error.code === harmless) return undefined
    throw new CommandFailure(`Expected to ${what}, but the API server said: ${messageOf(error)}`, exitCodes.partial)
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof ApiException)) return sentenceOf(error)
  const body: unknown = error.body
  const parsed = statusSchema.safeParse(typeof body === 'string' ? jsonOrNothing(body) : body)
  return parsed.success ? parsed.data.message : String(error.code)
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
