import { z } from 'zod'
import type { Ask } from '../../intent/escalation.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Caller } from './calls.ts'

const groupsSchema = z.object({
  items: z.array(z.object({
    metadata: z.object({ name: z.string().optional() }).optional(),
    versions: z.array(z.object({
      version: z.string(),
      resources: z.array(z.object({ resource: z.string(), subresources: z.array(z.object({ subresource: z.string() })).optional() })).optional(),
    })),
  })),
})

/** What the API server serves: for `group/resource[/sub]` the version that it prefers. */
export type Served = ReadonlyMap<string, string>

const aggregated = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' }

/** Asks the API server what it serves, in two requests. Rejects with IndeterminateError when it does not say. */
export async function servedBy(call: Caller, token: string): Promise<Served> {
  const served = new Map<string, string>()
  for (const path of ['/api', '/apis']) {
    const { status, message, body } = await call({ method: 'GET', path, token, headers: aggregated })
    const parsed = groupsSchema.safeParse(body)
    if (!parsed.success) throw new IndeterminateError(`expected the API server to say at ${path} what it serves, but the answer was ${status} (${message}); see "plumbline status" for the state of the cluster`)
    // Versions come in the order of preference.
    for (const [key, version] of parsed.data.items.flatMap(servedIn)) if (!served.has(key)) served.set(key, version)
  }
  return served
}

function servedIn({ metadata, versions }: z.infer<typeof groupsSchema>['items'][number]): [string, string][] {
  return versions.flatMap(({ version, resources = [] }) => resources.flatMap(({ resource, subresources = [] }) =>
    ['', ...subresources.map(({ subresource }) => `/${subresource}`)].map((suffix): [string, string] => [`${metadata?.name ?? ''}/${resource}${suffix}`, version])))
}

/** Rights over what is no object: RBAC knows them, discovery does not. Those of kubelets are asked of the API server as subresources of nodes. */
const unserved = new Set(['users', 'groups', 'uids', 'userextras', 'signers', '*'])
const kubelet = new Set(['log', 'stats', 'metrics', 'configz', 'healthz', 'pods', 'checkpoint'])

/** Why an ask means nothing on this cluster; undefined when it means something. */
export function missingFrom(served: Served, { group, resource, subresource }: Pick<Ask, 'group' | 'resource' | 'subresource'>): string | undefined {
  if (unserved.has(resource) || (resource === 'nodes' && kubelet.has(subresource ?? ''))) return undefined
  if (group === 'authentication.k8s.io') return undefined
  const key = `${group}/${resource}${subresource === undefined ? '' : `/${subresource}`}`
  return served.has(key) ? undefined : `the API server of this cluster serves no ${resource}${subresource === undefined ? '' : `/${subresource}`}${group === '' ? '' : ` of ${group}`}`
}
