import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { clusterAccess } from '../../../fixtures/breaches/cluster.ts'
import type { ClusterAccess } from '../../../fixtures/breaches/cluster.ts'
import { linodeAccess } from '../../../fixtures/breaches/linode.ts'
import { sandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { inTemporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import type { DrillDigests } from '../../../reports/model/drill.ts'
import { writeKubeconfig } from '../conformance/operator-kubeconfig.ts'
import { installationOf } from '../pipeline/installation.ts'
import type { Target } from '../pipeline/installation.ts'
import { s3Client } from '../pipeline/object-storage.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { readState } from '../pipeline/state-objects.ts'
import { platformDigest } from '../platform-digest/digest.ts'
import { releaseDigests } from '../platform-digest/releases.ts'
import type { ReleaseDigest } from '../platform-digest/releases.ts'
import { openStore } from '../secrets/store.ts'
import type { SecretVersion } from '../secrets/metadata.ts'

/**
 * Digests of everything that a drill has to leave as it was: what anybody wrote in the cluster and on Linode, the releases by chart, values and
 * manifests, every object in the Terraform state with its lineage, and which version of each stored secret is the newest. Beside them the
 * state's serial and the releases' revisions, which move on. Read anew at every call, credentials included. Rejects when a part cannot be read.
 */
export async function drillDigests(target: Target): Promise<DrillDigests> {
  const outputs = await readOutputs(target)
  const installation = await installationOf(target, await loadPlatform(join(repository, 'terraform/platform.yaml')))
  const client = s3Client(installation.objectStorage)
  return await inTemporaryFolder('digests', async (folder) => {
    const cluster = clusterAccess(await writeKubeconfig(folder, outputs.kubeconfig))
    return await digestsOf(outputs, { cluster, client, linode: await linode(target) })
  })
}

/** What the provider reads back and Linode writes itself: times, the machines of a pool, and which of them it has put behind the firewall. The state learns of it at the next refresh, whenever that is. */
const readBack: ReadonlySet<string> = new Set(['updated', 'oldest_restore_time', 'devices', 'linodes', 'nodes'])

interface World { cluster: ClusterAccess, client: S3Client, linode: Pick<ReturnType<typeof linodeAccess>, 'list'> }

async function digestsOf(outputs: Outputs, { cluster, client, linode: onLinode }: World): Promise<DrillDigests> {
  const buckets = { stateBucket: outputs.state.bucket, auditBucket: outputs.audit.bucket, secretsBucket: outputs.secrets.bucket }
  const [platform, releases, state, versions] = await Promise.all([
    platformDigest({ cluster, linode: onLinode, objectStorage: client, ...buckets }),
    releaseDigests(cluster),
    stateText(client, outputs.state),
    openStore({ client, bucket: outputs.secrets.bucket, identity: undefined }).versions(),
  ])
  const { identity, objects } = readState(state, readBack) ?? { identity: { serial: 0, lineage: '' }, objects: new Map() }
  return {
    at: new Date().toISOString(),
    things: {
      ...Object.fromEntries(platform),
      ...Object.fromEntries(releases.map((one) => [`release ${one.name}`, sha256(`${one.chart}\n${one.values}\n${one.manifests}`)])),
      'Terraform state: lineage': sha256(identity.lineage),
      ...Object.fromEntries([...objects].map(([address, { digest }]) => [`Terraform state: ${address}`, digest])),
      ...newestOf(versions),
    },
    counters: { 'serial of the Terraform state': identity.serial, ...revisionsOf(releases) },
  }
}

function revisionsOf(releases: readonly ReleaseDigest[]): Record<string, number> {
  return Object.fromEntries(releases.map(({ name, revision }) => [`revision of the release ${name}`, revision]))
}

/** Versions come newest first. */
function newestOf(versions: readonly SecretVersion[]): Record<string, string> {
  return Object.fromEntries(versions.toReversed().map(({ namespace, name, version }) => [`stored secret ${namespace}/${name}`, sha256(version)]))
}

async function stateText(client: S3Client, { bucket, key }: Outputs['state']): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return await Body?.transformToString() ?? ''
}

/** Only lists are asked for, so faults are nobody's business here. */
async function linode(target: Target): Promise<Pick<ReturnType<typeof linodeAccess>, 'list'>> {
  const connection = target === 'sandbox' ? await sandboxConnection() : undefined
  const url = process.env['LINODE_URL'] ?? 'https://api.linode.com'
  return linodeAccess(connection?.linode ?? { url, adminUrl: url, token: process.env['LINODE_TOKEN'] ?? '' })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

