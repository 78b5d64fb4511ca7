import { expect, test } from 'vitest'
import { faultOfRecord } from './attempt-records.ts'

const tried = { mark: 'attempt-x-1', user: 'system:serviceaccount:production:default', what: 'production/default: GET /api/v1/secrets', recorded: { verb: 'get', resource: 'secrets' }, status: 403 }
const record = { 'user.username': tried.user, 'verb': 'get', 'objectRef.resource': 'secrets', 'responseStatus.code': '403' }

test('a record must say who, what and which answer', () => {
  expect(faultOfRecord(tried, record)).toBeUndefined()
  expect(faultOfRecord(tried, undefined)).toBe('expected an audit record of "production/default: GET /api/v1/secrets" (attempt-x-1), but there is none')
  expect(faultOfRecord(tried, { ...record, verb: 'list' })).toContain('to say verb get, but it says list')
  expect(faultOfRecord({ ...tried, recorded: { ...tried.recorded, subresource: 'exec' } }, record)).toContain('to say objectRef.subresource exec, but it says nothing')
})
