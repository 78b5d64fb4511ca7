import { AuthorizationV1Api, CoreV1Api, NetworkingV1Api, RbacAuthorizationV1Api, type KubeConfig } from '@kubernetes/client-node'
import { IndeterminateError } from '../indeterminate.ts'
import { bounded, kubeConfigFrom, withToken } from './kubernetes.ts'
import type { PlatformOutputs } from './outputs.ts'
import { Bucket, storageClient } from './storage.ts'

/** The Kubernetes API as the verifier sees it, by group. */
export interface ClusterClients {
  config: KubeConfig
  core: CoreV1Api
  rbac: RbacAuthorizationV1Api
  networking: NetworkingV1Api
  authorization: AuthorizationV1Api
}

/** Where the platform under test is and how it is reached. Nothing in here asserts, and all of it comes from the Terraform outputs. */
export interface Platform {
  outputs: PlatformOutputs
  /** The cluster as the verifier; throws IndeterminateError when the run could not get the verifier's token. */
  readonly cluster: ClusterClients
  state: Bucket
  audit: Bucket
  /** Namespace of an environment; throws IndeterminateError for one that the outputs do not name. */
  namespaceOf: (environment: string) => string
}

/** The verifier's token, or why there is none. */
export type Identity = { token: string } | { missing: string }

export interface PlatformAccess {
  outputs: PlatformOutputs
  identity: Identity
  /** PEM certificates that are trusted beside the usual ones, or an empty text. */
  authorities: string
  signal?: AbortSignal | undefined
}

export function platformFrom({ outputs, identity, authorities, signal }: PlatformAccess): Platform {
  let clients: ClusterClients | undefined
  return {
    outputs,
    get cluster() {
      if ('missing' in identity) throw new IndeterminateError(identity.missing)
      clients ??= clientsFor(withToken(kubeConfigFrom(Buffer.from(outputs.kubeconfig, 'base64').toString('utf8')), identity.token), signal)
      return clients
    },
    state: new Bucket(storageClient(outputs.state, outputs.object_storage_key, authorities), outputs.state.bucket, signal),
    audit: new Bucket(storageClient(outputs.audit, outputs.object_storage_key, authorities), outputs.audit.bucket, signal),
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
    core: new CoreV1Api(configuration),
    rbac: new RbacAuthorizationV1Api(configuration),
    networking: new NetworkingV1Api(configuration),
    authorization: new AuthorizationV1Api(configuration),
  }
}
