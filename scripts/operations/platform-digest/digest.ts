import { createHash } from 'node:crypto'
import { GetBucketVersioningCommand, GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3'
import type { BreachWorld } from '../../../fixtures/breaches/breach.ts'
import type { Plain } from '../../../fixtures/breaches/cluster.ts'
import { thingDifferences } from '../../../reports/model/drill.ts'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { runLabel } from '../../../suites/intent/environments.ts'
import { linodeWritten } from './linode-written.ts'
import { autoscaledBy, written } from './written.ts'

/** Name of everything that makes the platform what it is, and a digest of what it says. */
export type PlatformDigest = ReadonlyMap<string, string>

const kinds = [
  'namespaces', 'nodes',
  'networkpolicies.networking.k8s.io', 'ingresses.networking.k8s.io', 'globalnetworkpolicies.crd.projectcalico.org',
  'resourcequotas', 'limitranges', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings', 'serviceaccounts',
  'services', 'configmaps', 'secrets', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'horizontalpodautoscalers.autoscaling', 'poddisruptionbudgets.policy',
  'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'validatingwebhookconfigurations', 'mutatingwebhookconfigurations',
]

type World = Pick<BreachWorld, 'cluster' | 'objectStorage' | 'stateBucket' | 'auditBucket' | 'secretsBucket'> & { linode: Pick<BreachWorld['linode'], 'list'> }

/**
 * What the platform is at this moment: namespaces, policies, rights, quotas, admission, workloads and their secrets in every namespace but
 * those of runs, its objects on Linode, and how its buckets are kept. Two digests are equal when nothing that anybody wrote differs (written.ts).
 */
export async function platformDigest(world: World): Promise<PlatformDigest> {
  const [objects, onLinode, buckets] = await Promise.all([
    world.cluster.list(kinds.join(','), {}),
    linodeWritten(world.linode),
    Promise.all([world.stateBucket, world.auditBucket, world.secretsBucket].map(async (bucket): Promise<[string, string]> => [`bucket ${bucket}`, digest(await bucketOf(world, bucket))])),
  ])
  const ofRuns = new Set(objects.filter((object) => object.kind === 'Namespace' && isOfRun(object)).map(({ metadata }) => metadata.name))
  const autoscaled = autoscaledBy(objects)
  const judged = objects.filter((object) => !isOfRun(object) && !ofRuns.has(object.metadata.namespace ?? '') && !isReleaseRecord(object))
  return new Map([
    ...judged.map((object): [string, string] => [nameOf(object), digest(written(object, autoscaled))]),
    ...onLinode.map(([name, object]): [string, string] => [name, digest(object)]),
    ...buckets,
  ])
}

/** What is different, as names with what happened to them; empty when nothing is. */
export function differences(before: PlatformDigest, after: PlatformDigest): string[] {
  return thingDifferences(Object.fromEntries(before), Object.fromEntries(after))
}

/** Null for a bucket that is not there. */
async function bucketOf({ objectStorage }: World, Bucket: string): Promise<unknown> {
  const versioning = await objectStorage.send(new GetBucketVersioningCommand({ Bucket })).then(({ Status }) => Status ?? null, (error: unknown) => {
    if (error instanceof Error && error.name === 'NoSuchBucket') return 'no such bucket'
    throw error
  })
  const lock = await objectStorage.send(new GetObjectLockConfigurationCommand({ Bucket })).then(({ ObjectLockConfiguration }) => ObjectLockConfiguration, () => null)
  return { versioning, lock: lock ?? null }
}

function nameOf({ kind, metadata }: Plain): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`
}

function isOfRun({ metadata }: Plain): boolean {
  const labels = metadata['labels']
  return typeof labels === 'object' && labels !== null && runLabel in labels
}

/** Helm writes one more whenever it runs. */
function isReleaseRecord({ kind, type }: Plain): boolean {
  return kind === 'Secret' && type === 'helm.sh/release.v1'
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}
