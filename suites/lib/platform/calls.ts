import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { sentenceOf } from '../indeterminate.ts'
import { accessVerdict, type AccessVerdict } from '../verdict.ts'
import { jsonOrNothing } from '../json.ts'
import { kubeConfigFrom, serverOf, statusIn } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** A request to the API server, as somebody who is known by a token, or by none. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With query. */
  path: string
  token?: string | undefined
  body?: unknown
  headers?: Readonly<Record<string, string>>
}

export interface CallAnswer {
  verdict: AccessVerdict
  /** 0 when there was no answer. */
  status: number
  /** The server's own words when it refused. */
  message: string
  /** The body, parsed; undefined when it is no JSON. */
  body: unknown
}

/** Calls by the thousand over few connections. Never rejects: no answer is status 0 and verdict error. */
export type Caller = (call: Call) => Promise<CallAnswer>

/** At the same time, over all callers. */
export const callsAtOnce = 48

/** Where the API server of the outputs is called, and whom to trust; with none of the administrator's credentials. */
export function callerOn({ outputs }: Pick<Platform, 'outputs'>, signal?: AbortSignal): Caller {
  const config = kubeConfigFrom(Buffer.from(outputs.kubeconfig, 'base64').toString('utf8'))
  const server = serverOf(config)
  const { caData, skipTLSVerify = false } = config.getCurrentCluster() ?? {}
  const secure = server.startsWith('https:')
  const agent = secure
    ? new Agent({ keepAlive: true, maxSockets: callsAtOnce, rejectUnauthorized: !skipTLSVerify, ...caData === undefined ? {} : { ca: Buffer.from(caData, 'base64') } })
    : new PlainAgent({ keepAlive: true, maxSockets: callsAtOnce })
  return async ({ method, path, token, body, headers }) => await new Promise((resolve) => {
    const failed = (error: unknown): void => resolve({ verdict: 'error', status: 0, message: sentenceOf(error), body: undefined })
    const text = body === undefined ? undefined : JSON.stringify(body)
    const sent = (secure ? request : plainRequest)(new URL(path, server), {
      method, agent, signal: deadline(budgets.apiRequest, signal),
      headers: {
        'accept': 'application/json', 'user-agent': 'plumbline-attempts',
        ...token === undefined ? {} : { authorization: `Bearer ${token}` },
        ...text === undefined ? {} : { 'content-type': contentType(method), 'content-length': String(Buffer.byteLength(text)) },
        ...headers,
      },
    }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', failed)
      response.on('end', () => resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))))
    })
    sent.on('error', failed).end(text)
  })
}

function contentType(method: Call['method']): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
}

function answerOf(status: number, text: string): CallAnswer {
  const body = jsonOrNothing(text)
  const { reason, message = text.split('\n')[0] ?? '' } = statusIn(body)
  return { verdict: accessVerdict({ status, reason }), status, message: status >= 200 && status < 300 ? 'OK' : message, body }
}
