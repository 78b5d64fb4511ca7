import { AdmissionregistrationV1Api, AppsV1Api, AuthorizationV1Api, AutoscalingV2Api, CoreV1Api, NetworkingV1Api, RbacAuthorizationV1Api, type KubeConfig } from '@kubernetes/client-node'
import { IndeterminateError } from '../indeterminate.ts'
import { auditLock, type AuditLock } from './audit-lock.ts'
import { bounded, kubeConfigFrom, withToken } from './kubernetes.ts'
import type { PlatformOutputs } from './outputs.ts'
import { Bucket, storageClient } from './storage.ts'

/** The Kubernetes API as the verifier sees it, by group. */
export interface ClusterClients {
  config: KubeConfig
  admission: AdmissionregistrationV1Api
  core: CoreV1Api
  apps: AppsV1Api
  autoscaling: AutoscalingV2Api
  rbac: RbacAuthorizationV1Api
  networking: NetworkingV1Api
  authorization: AuthorizationV1Api
}

/** Where the platform under test is and how it is reached. Nothing in here asserts, and all of it comes from the Terraform outputs and what the run was told. */
export interface Platform {
  outputs: PlatformOutputs
  /** The cluster as the verifier; throws IndeterminateError when the run could not get the verifier's token. */
  readonly cluster: ClusterClients
  state: Bucket
  audit: Bucket
  /** The lock of the audit bucket, and attempts on it. */
  auditLock: AuditLock
  /** Where the platform's secrets are kept, encrypted. */
  secrets: Bucket
  /** Where the platform channel can be read back, when the run was told. */
  channel: { readUrl: string } | undefined
  /** What each environment's services log in to the data store with, by environment; those that the run was not told are absent. */
  dataStore: Readonly<Record<string, DataStoreLogin>>
  /** Where this machine reaches the data store's server from an address on no allow list, when it has such a way. */
  dataStoreForStrangers: { host: string, port: number } | undefined
  /** A server outside the cluster, as the cluster reaches it, that environments have no business with; undefined when the run was not told. */
  outside: { host: string, port: number } | undefined
  /** Namespace of an environment; throws IndeterminateError for one that the outputs do not name. */
  namespaceOf: (environment: string) => string
}

/** A login of the shared data store. */
export interface DataStoreLogin {
  username: string
  password: string
  database: string
}

/** The verifier's token, or why there is none. */
export type Identity = { token: string } | { missing: string }

export interface PlatformAccess {
  outputs: PlatformOutputs
  identity: Identity
  /** PEM certificates that are trusted beside the usual ones, or an empty text. */
  authorities: string
  signal?: AbortSignal | undefined
  channel?: { readUrl: string } | undefined
  dataStore?: Readonly<Record<string, DataStoreLogin>> | undefined
  dataStoreForStrangers?: { host: string, port: number } | undefined
  outside?: { host: string, port: number } | undefined
}

export function platformFrom({ outputs, identity, authorities, signal, channel, dataStore = {}, dataStoreForStrangers, outside }: PlatformAccess): Platform {
  let clients: ClusterClients | undefined
  return {
    outputs,
    channel,
    dataStore,
    dataStoreForStrangers,
    outside,
    get cluster() {
      if ('missing' in identity) throw new IndeterminateError(identity.missing)
      clients ??= clientsFor(withToken(kubeConfigFrom(Buffer.from(outputs.kubeconfig, 'base64').toString('utf8')), identity.token), signal)
      return clients
    },
    state: new Bucket(storageClient(outputs.state, outputs.object_storage_key, authorities), outputs.state.bucket, signal),
    audit: new Bucket(storageClient(outputs.audit, outputs.object_storage_key, authorities), outputs.audit.bucket, signal),
    auditLock: auditLock({ outputs, authorities, signal }),
    secrets: new Bucket(storageClient(outputs.secrets, outputs.object_storage_key, authorities), outputs.secrets.bucket, signal),
    namespaceOf: (environment) => {
      const found = outputs.environments[environment]
      if (found === undefined) {
        throw new IndeterminateError(`expected the Terraform outputs to name the environment ${environment}, but they name ${Object.keys(outputs.environments).join(', ') || 'none'}`)
      }
      return found.namespace
    },
  }
}

function clientsFor(config: KubeConfig, signal: AbortSignal | undefined): ClusterClients {
  const configuration = bounded(config, signal)
  return {
    config,
    admission: new AdmissionregistrationV1Api(configuration),
    core: new CoreV1Api(configuration),
    apps: new AppsV1Api(configuration),
    autoscaling: new AutoscalingV2Api(configuration),
    rbac: new RbacAuthorizationV1Api(configuration),
    networking: new NetworkingV1Api(configuration),
    authorization: new AuthorizationV1Api(configuration),
  }
}
