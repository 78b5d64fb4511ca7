import { ApiException, createConfiguration, KubeConfig, ServerConfiguration, type Configuration, type RequestContext } from '@kubernetes/client-node'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import { accessVerdict, type AccessAttempt } from '../verdict.ts'
import { jsonOrNothing } from '../json.ts'

/** Parses kubeconfig YAML. */
export function kubeConfigFrom(yaml: string): KubeConfig {
  const config = new KubeConfig()
  config.loadFromString(yaml)
  return config
}

/** The same cluster, reached with a bearer token alone. */
export function withToken(config: KubeConfig, token: string): KubeConfig {
  const cluster = config.getCurrentCluster()
  if (cluster === null) throw new Error('Expected a kubeconfig with a current cluster, but it has none; read the output "kubeconfig" again.')
  const own = new KubeConfig()
  own.loadFromClusterAndUser(cluster, { name: 'plumbline-verifier', token })
  return own
}

/**
 * A client configuration whose every request ends with its budget or with `signal`, so that a dead API server is an error in seconds. All
 * share the connections of the first: the client would open one for each request, and greet the API server anew every time.
 */
export function bounded(config: KubeConfig, signal?: AbortSignal): Configuration {
  let connections: ReturnType<RequestContext['getDispatcher']>
  return createConfiguration({
    baseServer: new ServerConfiguration(serverOf(config), {}),
    authMethods: { default: config },
    promiseMiddleware: [{
      pre: (context) => {
        connections ??= context.getDispatcher()
        if (connections !== undefined) context.setDispatcher(connections)
        context.setSignal(deadline(budgets.apiRequest, signal))
        return Promise.resolve(context)
      },
      post: (context) => Promise.resolve(context),
    }],
  })
}

export function serverOf(config: KubeConfig): string {
  return config.getCurrentCluster()?.server ?? 'an unnamed server'
}

/** HTTP status and reason of an answer that was no success; status 0 when there was no answer. */
export interface Refusal {
  status: number
  reason?: string | undefined
  message: string
}

export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ApiException)) return { status: 0, message: sentenceOf(error) }
  const status = statusIn(error.body)
  return { status: error.code, reason: status.reason, message: status.message ?? sentenceOf(error) }
}

/** What the API server says about a request in its answer (a Status), as text or as an object; empty when it says nothing of the kind. */
export function statusIn(body: unknown): { reason?: string | undefined, message?: string | undefined } {
  const parsed = typeof body === 'string' ? jsonOrNothing(body) : body
  if (typeof parsed !== 'object' || parsed === null) return {}
  return {
    reason: 'reason' in parsed && typeof parsed.reason === 'string' ? parsed.reason : undefined,
    message: 'message' in parsed && typeof parsed.message === 'string' ? parsed.message : undefined,
  }
}

/** The answer, or an IndeterminateError that says who asked for what and was told what: a reading that failed is not an empty one. */
export async function reading<T>(what: string, request: Promise<T>): Promise<T> {
  try {
    return await request
  }
  catch (error) {
    throw unreadable(what, refusalOf(error))
  }
}

/** Like `reading`, but undefined when the API server says that there is no such object. */
export async function readingIfPresent<T>(what: string, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request
  }
  catch (error) {
    const refusal = refusalOf(error)
    if (refusal.status === 404) return undefined
    throw unreadable(what, refusal)
  }
}

function unreadable(what: string, refusal: Refusal): IndeterminateError {
  if (refusal.status === 403) {
    return new IndeterminateError(`expected to ${what} as plumbline-verifier, but was refused (${refusal.message}); grant the verifier this right in the charts`)
  }
  const seen = refusal.status === 0 ? `there was no answer (${refusal.message})` : `the answer was ${refusal.status} (${refusal.message})`
  return new IndeterminateError(`expected to ${what}, but ${seen}; see "plumbline status" for the state of the cluster`)
}

/** Makes an attempt whose refusal is a finding and no error. */
export async function attempting(what: string, request: Promise<unknown>): Promise<AccessAttempt> {
  try {
    await request
    return { what, verdict: 'allowed', status: 200, message: 'OK' }
  }
  catch (error) {
    const { status, reason, message } = refusalOf(error)
    return { what, verdict: accessVerdict({ status, reason }), status, message }
  }
}
