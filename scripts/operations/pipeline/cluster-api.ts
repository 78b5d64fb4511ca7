import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { z } from 'zod'

export interface ApiAnswer { status: number, body: unknown }

export interface ApiRequest {
  method: 'GET' | 'PATCH'
  path: string
  /** Sent as server-side apply. */
  apply?: unknown
}

/**
 * The Kubernetes API without the client library's models, which drop what they do not know and rename `from` and `default`: an object
 * read here is what the API server said, byte for byte of meaning.
 */
export interface ClusterApi {
  send(request: ApiRequest): Promise<ApiAnswer>
  /** Path of one object. Rejects when the API server does not serve its kind. */
  pathOf(object: { apiVersion: string, kind: string, namespace?: string | undefined, name: string }): Promise<string>
}

const resourcesSchema = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })) })
const requestTimeoutMilliseconds = 15_000

export function clusterApi(config: KubeConfig): ClusterApi {
  const server = config.getCurrentCluster()?.server
  if (server === undefined) throw new Error('the kubeconfig names no current cluster')
  const options: RequestOptions = {}
  const ready = config.applyToHTTPSOptions(options)
  const served = new Map<string, ReturnType<typeof discover>>()

  const send = async ({ method, path, apply }: ApiRequest): Promise<ApiAnswer> => {
    await ready
    return exchange(new URL(path, server), { ...options, method }, apply)
  }
  const discover = async (apiVersion: string) => {
    const { status, body } = await send({ method: 'GET', path: root(apiVersion) })
    return status === 200 ? resourcesSchema.parse(body).resources : []
  }
  return {
    send,
    async pathOf({ apiVersion, kind, namespace, name }) {
      const known = served.get(apiVersion) ?? discover(apiVersion)
      served.set(apiVersion, known)
      const resource = (await known).find((each) => each.kind === kind && !each.name.includes('/'))
      if (resource === undefined) throw new Error(`the API server ${server} serves no ${kind} of ${apiVersion}`)
      const scope = resource.namespaced ? `/namespaces/${namespace ?? 'default'}` : ''
      return `${root(apiVersion)}${scope}/${resource.name}/${name}`
    },
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

async function exchange(url: URL, options: RequestOptions, apply: unknown): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? plainRequest : tlsRequest
    const sent = request(url, { ...options, timeout: requestTimeoutMilliseconds }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) })
        } catch {
          reject(new Error(`the API server at ${url.origin} answered ${response.statusCode ?? 0} without JSON`))
        }
      })
    })
    sent.on('timeout', () => sent.destroy(new Error(`the API server at ${url.origin} did not answer within ${requestTimeoutMilliseconds / 1000} s`)))
    sent.on('error', reject)
    sent.setHeader('accept', 'application/json')
    if (apply !== undefined) sent.setHeader('content-type', 'application/apply-patch+yaml')
    // JSON is YAML.
    sent.end(apply === undefined ? undefined : JSON.stringify(apply))
  })
}
