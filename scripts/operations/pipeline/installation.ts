import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { UsageFailure } from '../../console/failure.ts'
import { runningSandbox } from '../../console/running-sandbox.ts'
import type { Person } from '../people/people.ts'
import { peopleOfSandbox } from '../people/signer.ts'
import { plainEnvironment, run } from './children.ts'
import type { Platform } from './platform-schema.ts'
import { reachable } from './reachable.ts'
import type { Reachable } from './reachable.ts'

export const targets = ['sandbox', 'lke'] as const
export type Target = (typeof targets)[number]

/** How the pipeline reaches one target: the only place where the targets differ. */
export interface Installation {
  target: Target
  /** Where the pipeline writes: scratch copy, event log, lock. */
  folder: string
  objectStorage: ObjectStorage
  /** The whole environment of terraform. Holds secrets: it goes to that child and nowhere else. */
  terraformEnvironment: Record<string, string>
  /** Where alerts are posted, in the way of Slack. On a real account whoever knows it may post there: it is a secret. */
  channelUrl: string
  /** The object store as pods reach it. */
  objectStorageInside: string
  outsideProbers: readonly string[]
  /** How this machine reaches the database, when not by the address in the outputs. */
  database?: { host: string, port: number }
  /** Whose signature counts. */
  people: readonly Person[]
  /** Values that no message, event or log may hold. */
  secrets: readonly string[]
}

/** Where pods find what the platform uses outside the cluster. */
export interface Endpoints {
  objectStorage: Reachable & { url: string, region: string, ca?: string }
  channel: Reachable
  /** host:port of the metrics of probers outside the pod network. */
  outsideProbers: readonly string[]
}

export interface ObjectStorage {
  endpoint: string
  region: string
  accessKey: string
  secretKey: string
  /** PEM of the CA that signed the endpoint's certificate, when it is not a public one. */
  ca?: string
}

/** As terraform/versions.tf asks for; its S3 backend's lock file is younger than 1.9. */
const terraformAtLeast: readonly [number, number] = [1, 11]

/** Finds the target and the tools. Rejects with a UsageFailure that names what is missing and what to do; nothing was touched then. */
export async function installationOf(target: Target, platform: Platform): Promise<Installation> {
  await checkTerraform()
  await tool('helm')
  return target === 'sandbox' ? sandboxInstallation(platform) : lkeInstallation(platform, process.env)
}

async function sandboxInstallation(platform: Platform): Promise<Installation> {
  const { linode, objectStorage, caFile, terraform, channel, inside, postgres } = await runningSandbox()
  const more = {
    LINODE_URL: linode.url,
    // The provider's default of 4000 fits machines that take minutes. The stand-in answers 200 lists a minute, as the real API does.
    LINODE_EVENT_POLL_MS: '1000',
    TF_CLI_CONFIG_FILE: terraform.cliConfig,
    SSL_CERT_FILE: caFile,
    AWS_CA_BUNDLE: caFile,
  }
  return {
    ...installation({ target: 'sandbox', token: linode.token, objectStorage: { ...objectStorage, ca: await readFile(caFile, 'utf8') }, more }),
    channelUrl: channel.url,
    objectStorageInside: inside.objectStorage,
    outsideProbers: [inside.outsideProber],
    database: postgres,
    people: [...await peopleOfSandbox(), ...platform.people],
  }
}

/** The real account, by the environment variables that the Linode tools and the S3 tools use. */
export async function lkeInstallation(platform: Platform, environment: Readonly<Record<string, string | undefined>>): Promise<Installation> {
  const needed = { LINODE_TOKEN: 'a Linode API token', AWS_ACCESS_KEY_ID: 'an object storage access key', AWS_SECRET_ACCESS_KEY: 'its secret key', PLUMBLINE_CHANNEL_URL: 'the webhook of the platform channel' }
  const missing = Object.entries(needed).filter(([name]) => (environment[name] ?? '') === '')
  if (missing.length > 0) {
    throw new UsageFailure(`The target lke needs ${missing.map(([name, what]) => `${name} (${what})`).join(', ')} in the environment.`)
  }
  const { LINODE_TOKEN: token = '', AWS_ACCESS_KEY_ID: accessKey = '', AWS_SECRET_ACCESS_KEY: secretKey = '', PLUMBLINE_CHANNEL_URL: channelUrl = '' } = environment
  const endpoint = environment['AWS_ENDPOINT_URL_S3'] ?? await objectStorageEndpoint(platform.region, token)
  const common = installation({ target: 'lke', token, objectStorage: { endpoint, region: platform.region, accessKey, secretKey }, more: {} })
  return { ...common, channelUrl, objectStorageInside: endpoint, outsideProbers: platform.observability.outsideProbers, people: platform.people, secrets: [...common.secrets, channelUrl] }
}

/** Everything outside the cluster that pods talk to, with the addresses that network policies need. */
export async function endpointsOf({ objectStorage, objectStorageInside, channelUrl, outsideProbers }: Installation): Promise<Endpoints> {
  const store = new URL(objectStorageInside)
  const channel = new URL(channelUrl)
  return {
    objectStorage: {
      ...await reachable(store.hostname, portOf(store)), url: objectStorageInside, region: objectStorage.region, ...objectStorage.ca === undefined ? {} : { ca: objectStorage.ca },
    },
    channel: await reachable(channel.hostname, portOf(channel)),
    outsideProbers,
  }
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'http:' ? 80 : 443
}

const endpointsSchema = z.object({ data: z.array(z.object({ region: z.string(), s3_endpoint: z.string().nullable() })) })

async function objectStorageEndpoint(region: string, token: string): Promise<string> {
  const url = 'https://api.linode.com/v4/object-storage/endpoints?page_size=500'
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(30_000) })
  if (!response.ok) {
    throw new UsageFailure(`${url} answered ${response.status}; expected 200. LINODE_TOKEN must be valid and hold the scope object_storage:read_write.`)
  }
  const { data } = endpointsSchema.parse(await response.json())
  const found = data.find((each) => each.region === region && each.s3_endpoint !== null)
  if (found === undefined) {
    throw new UsageFailure(`Linode lists no object storage endpoint in the region ${region} for this account: choose another region in the platform file, or set AWS_ENDPOINT_URL_S3.`)
  }
  return `https://${found.s3_endpoint ?? ''}`
}

type Common = Pick<Installation, 'target' | 'folder' | 'objectStorage' | 'secrets' | 'terraformEnvironment'>

function installation({ target, token, objectStorage, more }: { target: Target, token: string, objectStorage: ObjectStorage, more: Record<string, string> }): Common {
  const { accessKey, secretKey, region } = objectStorage
  const folder = join(paths.work, target)
  return {
    target,
    folder,
    objectStorage,
    secrets: [token, secretKey, accessKey],
    terraformEnvironment: {
      ...plainEnvironment(),
      TMPDIR: socketFolder(folder),
      LINODE_TOKEN: token,
      LINODE_OBJ_ACCESS_KEY: accessKey,
      LINODE_OBJ_SECRET_KEY: secretKey,
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_REGION: region,
      // Nobody's profiles, no instance metadata: the key above is the whole truth.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Older endpoints of Linode's object storage refuse the newer checksums.
      AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required',
      AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required',
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      ...more,
    },
  }
}

/** The kernel takes no longer path of a Unix socket (`sun_path` of unix(7), without its closing zero byte). */
const longestSocketPath = 107
/** What go-plugin calls a socket: `plugin` and at most ten digits. */
const longestSocketName = '/plugin'.length + 10

/** Where Terraform's providers listen: the folder for temporary files, or a shallower one when that is so deep that they could not. */
export function socketFolder(shallower: string, usual: string = tmpdir()): string {
  return usual.length + longestSocketName <= longestSocketPath ? usual : shallower
}

async function checkTerraform(): Promise<void> {
  const { stdout } = await run(await tool('terraform'), ['version', '-json'], { env: { ...plainEnvironment(), CHECKPOINT_DISABLE: '1' } })
  const { terraform_version: version } = z.object({ terraform_version: z.string() }).parse(JSON.parse(stdout.slice(stdout.indexOf('{'))))
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = terraformAtLeast
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return
  throw new UsageFailure(`terraform ${version} is on PATH; expected ${leastMajor}.${leastMinor} or newer. Install a newer one.`)
}
