import type { Ask, Row } from '../../intent/escalation.ts'
import type { Call } from '../platform/calls.ts'
import type { Served } from '../platform/discovery.ts'
import { bodyOf, type Subject } from './attempt-bodies.ts'

const methods: Readonly<Record<string, Call['method']>> = { get: 'GET', list: 'GET', watch: 'GET', create: 'POST', update: 'PUT', patch: 'PATCH', delete: 'DELETE', impersonate: 'POST' }

/** What the audit record of a call must say it asked for. */
export interface Recorded { verb: string, resource: string, subresource?: string | undefined }

export interface AttemptCall { call: Omit<Call, 'token'>, recorded: Recorded }

/**
 * The attempt of a row: its first ask, made of a real request. Its mark is in the URI, so that the audit record of it is found; what is asked for by name does
 * not exist, and what would be made is made by dry run, so whoever is let through is told 404 or makes nothing. Undefined for a row that is only reviewed.
 */
export function attemptOf(row: Row, served: Served, subject: Subject): AttemptCall | undefined {
  const [first] = row.asks
  if (first === undefined || row.form === 'review') return undefined
  if (first.verb === 'impersonate') return impersonation(row, subject)
  // Whoever may bind is seen by the binding they make.
  const ask: Ask = first.verb === 'bind' ? { ...first, verb: 'create', resource: 'clusterrolebindings' } : first
  const method = methods[ask.verb]
  if (method === undefined) throw new TypeError(`expected the first ask of ${row.id} to be a request, got ${ask.verb} ${ask.resource}`)
  const body = bodyOf(row, subject)
  return {
    call: { method, path: pathOf(ask, served, { subject, dryRun: row.form === 'dry-run' }), ...body === undefined ? {} : { body } },
    recorded: { verb: ask.verb, resource: ask.resource, subresource: ask.subresource },
  }
}

function impersonation(row: Row, subject: Subject): AttemptCall {
  return {
    call: {
      method: 'POST', path: `/apis/authentication.k8s.io/v1/selfsubjectreviews?fieldManager=${subject.mark}`, body: bodyOf({ ...row, asks: row.asks.map((ask) => ({ ...ask, verb: 'create' })) }, subject),
      headers: { 'impersonate-user': 'plumbline-nobody' },
    },
    recorded: { verb: 'create', resource: 'selfsubjectreviews' },
  }
}

/** Path and query of a request; the version is the one that the API server prefers. */
export function pathOf(ask: Ask, served: Served, { subject: { mark, namespace }, dryRun }: { subject: Pick<Subject, 'mark' | 'namespace'>, dryRun: boolean }): string {
  const { group, resource, subresource, verb, reach } = ask
  const version = served.get(`${group}/${resource}`) ?? 'v1'
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const place = reach === 'namespace' && namespace !== undefined ? `/namespaces/${namespace}` : ''
  const single = !(['list', 'watch'].includes(verb) || (verb === 'create' && subresource === undefined))
  const object = single ? `/${ask.name ?? mark}` : ''
  const query = queryOf(ask, mark, dryRun)
  return `${root}${place}/${resource}${object}${subresource === undefined ? '' : `/${subresource}`}${query}`
}

function queryOf({ verb, subresource, name }: Ask, mark: string, dryRun: boolean): string {
  const query = new URLSearchParams({
    ...['list', 'watch'].includes(verb) ? { labelSelector: mark, limit: '1' } : {},
    ...verb === 'watch' ? { watch: '1', timeoutSeconds: '1' } : {},
    ...['create', 'update', 'patch'].includes(verb) && !connects(subresource) ? { fieldManager: mark } : {},
    ...subresource === 'exec' ? { command: 'true' } : {},
    ...name === undefined ? {} : { attempt: mark },
    ...dryRun ? { dryRun: 'All' } : {},
  }).toString()
  return query === '' ? '' : `?${query}`
}

function connects(subresource: string | undefined): boolean {
  return ['exec', 'attach', 'portforward', 'proxy'].includes(subresource ?? '')
}
