import { createHash } from 'node:crypto'
import { GetBucketVersioningCommand, GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3'
import type { BreachWorld } from '../../../fixtures/breaches/breach.ts'
import type { Plain } from '../../../fixtures/breaches/cluster.ts'
import { withoutIdentity } from '../../../fixtures/breaches/objects.ts'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { environmentNames, runLabel } from '../../../suites/intent/environments.ts'

/** Name of everything that makes the platform what it is, and a digest of what it says. */
export type PlatformDigest = ReadonlyMap<string, string>

const namespaced = ['networkpolicies.networking.k8s.io', 'resourcequotas', 'limitranges', 'roles', 'rolebindings', 'serviceaccounts', 'services', 'configmaps', 'deployments.apps']
const clusterWide = ['validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'clusterroles', 'clusterrolebindings', 'globalnetworkpolicies.crd.projectcalico.org']

/**
 * What the platform is at this moment: namespaces, policies, rights, quotas, admission and the name server, and how its state bucket is
 * kept. Two digests are equal when nothing that anybody wrote differs; what the API server writes itself is left out.
 */
export async function platformDigest(world: Pick<BreachWorld, 'cluster' | 'objectStorage' | 'stateBucket'>): Promise<PlatformDigest> {
  const places = [...environmentNames, 'kube-system'].flatMap((namespace) => [{ resource: namespaced.join(','), where: { namespace } }])
  const listings = await Promise.all([
    ...places.map(({ resource, where }) => world.cluster.list(resource, where)),
    world.cluster.list('namespaces', {}),
    world.cluster.list(clusterWide.join(','), {}),
  ])
  const objects = listings.flat().filter((object) => !isOfRun(object)).map((object): [string, string] => [nameOf(object), digest(withoutIdentity(object))])
  return new Map([...objects, ['state bucket', digest(await bucketOf(world))]])
}

/** What is different, as names with what happened to them; empty when nothing is. */
export function differences(before: PlatformDigest, after: PlatformDigest): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)]
    if (was === is) return []
    return [`${name} ${is === undefined ? 'is missing' : was === undefined ? 'was not there before' : 'is changed'}`]
  })
}

async function bucketOf({ objectStorage, stateBucket: Bucket }: Pick<BreachWorld, 'objectStorage' | 'stateBucket'>): Promise<unknown> {
  const { Status } = await objectStorage.send(new GetBucketVersioningCommand({ Bucket }))
  const lock = await objectStorage.send(new GetObjectLockConfigurationCommand({ Bucket })).then(({ ObjectLockConfiguration }) => ObjectLockConfiguration, () => null)
  return { versioning: Status ?? null, lock: lock ?? null }
}

function nameOf({ kind, metadata }: Plain): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`
}

function isOfRun({ metadata }: Plain): boolean {
  const labels = metadata['labels']
  return typeof labels === 'object' && labels !== null && runLabel in labels
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
