import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { V1ContainerStatus, V1PodStatus } from '@kubernetes/client-node'
import { outputsForTests } from './outputs.fixture.ts'
import { parseOutputs } from './outputs.ts'
import { platformFrom, type Platform } from './platform.ts'

interface Stored {
  metadata: { name: string, namespace?: string, labels?: Record<string, string> }
  status?: object
}

/** How the stand-in departs from an API server that grants everything and starts every pod at once. */
export interface ApiFaults {
  /** Status of a pod by its name. */
  podStatus?: (name: string) => V1PodStatus
  /** A refusal for a request, by method and path; undefined lets it through. */
  refuse?: (request: string) => { code: number, reason: string, message: string } | undefined
}

export const readyStatus: V1PodStatus = { phase: 'Running', podIP: '10.244.1.7', containerStatuses: [containerStatus({ ready: true })] }

/** A container's status with what the cluster always fills in. */
export function containerStatus(more: Partial<V1ContainerStatus>): V1ContainerStatus {
  return { name: 'agent', image: 'agent', imageID: 'agent@sha256:1', ready: false, restartCount: 0, ...more }
}

/** As much of an API server as starting and removing probes needs: objects kept by path, listed by one label. For unit tests. */
export class FakeApiServer {
  readonly objects = new Map<string, Stored>()
  faults: ApiFaults = {}
  private server: Server | undefined

  async start(): Promise<Platform> {
    const server = createServer((request, response) => {
      void read(request).then((body) => {
        const { code, answer } = this.answer(`${request.method ?? ''} ${request.url ?? ''}`, body)
        response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
    this.server = server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const raw = outputsForTests(port)
    const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: "http://127.0.0.1:${port}", insecure-skip-tls-verify: true } }]
users: [{ name: u, user: { token: t } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
`
    const outputs = parseOutputs({ ...raw, kubeconfig: { value: Buffer.from(kubeconfig).toString('base64') } })
    return platformFrom({ outputs, identity: { token: 'verifier-token' }, authorities: '' })
  }

  async stop(): Promise<void> {
    const { server } = this
    if (server === undefined) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  private answer(request: string, body: string): { code: number, answer: unknown } {
    const refusal = this.faults.refuse?.(request)
    if (refusal !== undefined) return { code: refusal.code, answer: { kind: 'Status', ...refusal } }
    const [method = '', url = ''] = request.split(' ')
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    if (method === 'POST') return this.create(pathname, body)
    if (method === 'DELETE') return searchParams.has('labelSelector') ? this.removeAll(pathname, searchParams.get('labelSelector')) : this.remove(pathname)
    return { code: 200, answer: { items: this.list(pathname, searchParams.get('labelSelector')) } }
  }

  private create(path: string, body: string): { code: number, answer: unknown } {
    if (path.endsWith('accessreviews')) return { code: 201, answer: { status: { allowed: true } } }
    const object: Stored = JSON.parse(body) as Stored
    this.objects.set(`${path}/${object.metadata.name}`, object)
    return { code: 201, answer: object }
  }

  private remove(path: string): { code: number, answer: unknown } {
    if (!this.objects.delete(path)) return { code: 404, answer: { kind: 'Status', code: 404, reason: 'NotFound', message: `${path} not found` } }
    for (const key of this.objects.keys()) if (key.startsWith(`${path}/`) || key.includes(`/namespaces/${path.split('/').at(-1) ?? ''}/`)) this.objects.delete(key)
    return { code: 200, answer: {} }
  }

  private removeAll(path: string, selector: string | null): { code: number, answer: unknown } {
    for (const { metadata: { name } } of this.list(path, selector)) this.objects.delete(`${path}/${name}`)
    return { code: 200, answer: {} }
  }

  private list(path: string, selector: string | null): Stored[] {
    const [label = '', value] = (selector ?? '').split('=')
    return [...this.objects].filter(([key, { metadata }]) => key.slice(0, key.lastIndexOf('/')) === path && (selector === null || (value === undefined ? metadata.labels?.[label] !== undefined : metadata.labels?.[label] === value)))
      .map(([, object]) => path.endsWith('/pods') ? { ...object, status: this.faults.podStatus?.(object.metadata.name) ?? readyStatus } : object)
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}
