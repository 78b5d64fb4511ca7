import { expect, test } from 'vitest'
import { escalations } from '../../intent/escalations.ts'
import { attemptOf } from './attempt-calls.ts'

const subject = { mark: 'attempt-x-1', namespace: 'kube-system', labels: {} }
const served = new Map([['/secrets', 'v1'], ['discovery.k8s.io/endpointslices', 'v1']])

function said(id: string): string | undefined {
  const row = escalations.find((one) => one.id === id)
  const made = row === undefined ? undefined : attemptOf(row, served, subject)
  return made === undefined ? undefined : `${made.call.method} ${made.call.path}`
}

test('an attempt is the request that its first ask is about', () => {
  expect(said('A1')).toBe('GET /api/v1/namespaces/kube-system/secrets/attempt-x-1')
  expect(said('A2')).toBe('GET /api/v1/namespaces/kube-system/secrets?labelSelector=attempt-x-1&limit=1')
  expect(said('A6')).toBe('POST /api/v1/namespaces/kube-system/serviceaccounts/attempt-x-1/token?fieldManager=attempt-x-1')
  expect(said('B2')).toBe('POST /apis/rbac.authorization.k8s.io/v1/clusterrolebindings?fieldManager=attempt-x-1&dryRun=All')
  expect(said('C5')).toBe('POST /api/v1/namespaces/kube-system/pods/attempt-x-1/exec?command=true')
  expect(said('D11')).toBe('GET /api/v1/nodes/attempt-x-1/proxy')
  expect(said('B1')).toBeUndefined()
})

test('every attempt has its mark in the URI, and whatever would make something is a dry run or about something that does not exist', () => {
  for (const row of escalations) {
    const made = attemptOf(row, served, subject)
    if (made === undefined) continue
    expect(made.call.path, row.id).toContain(subject.mark)
    const makes = made.call.method === 'POST' && row.asks[0]?.subresource === undefined && row.id !== 'B6'
    if (makes) expect(made.call.path, row.id).toContain('dryRun=All')
    if (made.call.method === 'POST' && makes) expect(made.call.body, row.id).toBeDefined()
  }
})
