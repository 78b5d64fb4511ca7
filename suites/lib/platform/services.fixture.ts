import { createServer, type Server } from 'node:http'
import { outputsForTests } from './outputs.fixture.ts'
import { parseOutputs } from './outputs.ts'
import { platformFrom, type Platform } from './platform.ts'

/** A recorded answer: JSON, a text, or a status with either. */
export type Recorded = { status?: number, json?: unknown, text?: string }

/** Stands in for an API server with services behind it, and for the channel. Answers are given by path; what it was asked is kept. For unit tests. */
export class RecordedServices {
  readonly asked: { method: string, path: string, parameters: Record<string, string> }[] = []
  private readonly answers = new Map<string, (parameters: Record<string, string>) => Recorded>()
  private server: Server | undefined

  /** Sets the answer of a path below a service, such as `prometheus:9090/api/v1/query`, or of the channel: `messages`. */
  answer(path: string, recorded: Recorded | ((parameters: Record<string, string>) => Recorded)): void {
    const [place = '', ...rest] = path.split('/')
    const full = path === 'messages' ? '/messages' : `/api/v1/namespaces/observability/services/http:${place}/proxy/${rest.join('/')}`
    this.answers.set(full, typeof recorded === 'function' ? recorded : () => recorded)
  }

  async start(): Promise<Platform> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
        const parameters = Object.fromEntries([...url.searchParams, ...form])
        this.asked.push({ method: request.method ?? '', path: decodeURIComponent(url.pathname), parameters })
        const { status = 200, json, text } = this.answers.get(decodeURIComponent(url.pathname))?.(parameters) ?? { status: 404, json: { kind: 'Status', code: 404, reason: 'NotFound', message: `${url.pathname} not found` } }
        response.writeHead(status).end(text ?? JSON.stringify(json))
      })
    })
    this.server = server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return platformOn(typeof address === 'object' && address !== null ? address.port : 0)
  }

  async stop(): Promise<void> {
    const { server } = this
    if (server === undefined) return
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** A platform whose API server and channel listen on one local port. */
function platformOn(port: number): Platform {
  const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: "http://127.0.0.1:${port}", insecure-skip-tls-verify: true } }]
users: [{ name: u, user: { token: t } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
`
  const outputs = parseOutputs({ ...outputsForTests(port), kubeconfig: { value: Buffer.from(kubeconfig).toString('base64') } })
  return platformFrom({ outputs, identity: { token: 'verifier-token' }, authorities: '', channel: { readUrl: `http://127.0.0.1:${port}/messages` } })
}
