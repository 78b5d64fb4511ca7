import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import type { Platform } from './platform.ts'
import { rawRequest, type RawRequest } from './request.ts'

/** A port of a Service in the cluster, spoken to over HTTP. */
export interface ServicePlace {
  namespace: string
  name: string
  port: number
}

/** A service of the platform as the verifier reaches it: through the API server, by no other way. */
export interface ServiceProxy {
  /** Parsed JSON, or the text when the answer is none. Rejects with IndeterminateError when there is no answer, and with ServiceRefusal when it is not a success. */
  get: (path: string, query?: Readonly<Record<string, string>>) => Promise<unknown>
  post: (path: string, form: Readonly<Record<string, string>>) => Promise<unknown>
}

/** The service answered, but not with a success. Undecidable like its parent, unless whoever asked knows what the status means. */
export class ServiceRefusal extends IndeterminateError {
  readonly status: number
  /** The answer's text. */
  readonly answer: string
  constructor(message: string, status: number, answer: string) {
    super(message)
    this.name = 'ServiceRefusal'
    this.status = status
    this.answer = answer
  }
}

/** How much of an answer a message repeats. */
const mostOfAnswer = 300

export function serviceProxy(platform: Pick<Platform, 'cluster'>, place: ServicePlace): ServiceProxy {
  const base = `/api/v1/namespaces/${place.namespace}/services/http:${place.name}:${place.port}/proxy`
  const ask = async (request: Omit<RawRequest, 'path'>, path: string): Promise<unknown> => {
    const what = `${request.method === 'GET' ? 'read' : 'post to'} ${path} of the service ${place.namespace}/${place.name}:${place.port}`
    const { config } = platform.cluster
    const { status, text } = await rawRequest(config, { ...request, path: `${base}${path}` }).catch((error: unknown) => {
      throw new IndeterminateError(`expected to ${what}, but there was no answer (${sentenceOf(error)}); see "plumbline status" for the state of the cluster`)
    })
    if (status < 200 || status >= 300) throw refusalOf(what, place, { status, text })
    const parsed = jsonOrNothing(text)
    return parsed === undefined ? text : parsed
  }
  return {
    get: (path, query) => ask({ method: 'GET', query }, path),
    post: (path, form) => ask({ method: 'POST', form }, path),
  }
}

function refusalOf(what: string, place: ServicePlace, { status, text }: { status: number, text: string }): ServiceRefusal {
  const message = messageIn(text).slice(0, mostOfAnswer)
  const next = status === 403 && text.includes('"kind":"Status"')
    ? `grant the verifier services/proxy on http:${place.name}:${place.port} in the charts`
    : status === 503 || status === 404 ? `see whether ${place.name} runs in namespace ${place.namespace}` : `read the log of ${place.name} in namespace ${place.namespace}`
  return new ServiceRefusal(`expected to ${what}, but the answer was ${status} (${message || 'without a text'}); ${next}`, status, text)
}

/** What an answer says is wrong: the message of the API server or of the service, else its text. */
function messageIn(text: string): string {
  const parsed = jsonOrNothing(text)
  if (typeof parsed === 'object' && parsed !== null) {
    if ('message' in parsed && typeof parsed.message === 'string') return parsed.message
    if ('error' in parsed && typeof parsed.error === 'string') return parsed.error
  }
  return text.trim().split('\n')[0] ?? ''
}
