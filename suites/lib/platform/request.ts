import { HttpMethod, IsomorphicFetchHttpLibrary, RequestContext, type KubeConfig } from '@kubernetes/client-node'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { serverOf } from './kubernetes.ts'

export interface RawRequest {
  method: 'GET' | 'POST'
  /** Path on the API server, with a leading slash. */
  path: string
  query?: Readonly<Record<string, string>> | undefined
  /** Sent as application/x-www-form-urlencoded. */
  form?: Readonly<Record<string, string>> | undefined
  signal?: AbortSignal | undefined
}

/** An answer as it came; `status` 0 never occurs, a request without an answer rejects. */
export interface RawAnswer {
  status: number
  text: string
}

/** One request to the API server on a path that the generated clients have no method for, as whoever `config` is. Rejects when there is no answer within the budget. */
export async function rawRequest(config: KubeConfig, { method, path, query, form, signal }: RawRequest): Promise<RawAnswer> {
  const context = new RequestContext(`${serverOf(config)}${path}`, method === 'GET' ? HttpMethod.GET : HttpMethod.POST)
  for (const [name, value] of Object.entries(query ?? {})) context.setQueryParam(name, value)
  if (form !== undefined) context.setBody(new URLSearchParams(form))
  await config.applySecurityAuthentication(context)
  context.setSignal(deadline(budgets.apiRequest, signal))
  const answer = await new IsomorphicFetchHttpLibrary().send(context).toPromise()
  return { status: answer.httpStatusCode, text: await answer.body.text() }
}
