import { expect, test } from 'vitest'
import { faultsIn, judgeBarred, judgeHost, judgePlain, judgeUnclaimed, type HostFinding } from './hosts.ts'
import type { HttpsResult } from './probes/https.ts'

const url = 'https://sample-service.staging.plumbline.internal/'
const result = (more: Partial<HttpsResult>): HttpsResult => ({ id: '1', url, outcome: 'answered', milliseconds: 3, ...more })
const by = (environment: string, status = 200): HttpsResult => result({ status, body: JSON.stringify({ name: 'sample-service', environment }) })
const detailOf = (finding: HostFinding): string => finding.held ? 'held' : `${finding.decided ? 'violated' : 'open'}: ${finding.detail}`

test('a host is its environment\'s: another\'s answer and another certificate are violations, silence is not', () => {
  expect(judgeHost('staging', by('staging'))).toEqual({ held: true })
  expect(detailOf(judgeHost('staging', by('development')))).toBe(`violated: expected ${url} to be answered over verified TLS by the service in staging, but the answer was 200 of the service in development`)
  expect(detailOf(judgeHost('staging', result({ outcome: 'untrusted', phase: 'tls', error: 'unknown authority' })))).toContain('violated: expected')
  expect(detailOf(judgeHost('staging', result({ outcome: 'timeout', phase: 'connect', error: 'i/o timeout' })))).toBe(`open: expected ${url} to be answered over verified TLS by the service in staging, but it ended with timeout in phase connect (i/o timeout)`)
  expect(detailOf(judgeHost('staging', result({ status: 503, body: 'no available server' })))).toContain('open: ')
  expect(detailOf(judgeHost('staging', result({ status: 404, body: '404 page not found' })))).toContain('open: ')
})

test('plain HTTP is led to TLS; a service that answers it is a violation', () => {
  const plain = url.replace('https:', 'http:')
  expect(judgePlain(result({ url: plain, status: 301, location: url }))).toEqual({ held: true })
  expect(detailOf(judgePlain({ ...by('staging'), url: plain }))).toBe(`violated: expected ${plain} to be led to ${url}, but the answer was 200 of the service in staging`)
  expect(detailOf(judgePlain(result({ url: plain, status: 301, location: 'https://sample-service.staging.plumbline.internal:8443/' })))).toContain('violated: ')
  expect(detailOf(judgePlain(result({ url: plain, outcome: 'refused', phase: 'connect' })))).toContain('open: ')
})

test('an unclaimed host gets 404 of the ingress itself', () => {
  expect(judgeUnclaimed(result({ status: 404, body: '404 page not found' }))).toEqual({ held: true })
  expect(detailOf(judgeUnclaimed(by('staging')))).toContain('violated: ')
  expect(detailOf(judgeUnclaimed(by('staging', 404)))).toContain('violated: ')
  expect(detailOf(judgeUnclaimed(result({ outcome: 'refused', phase: 'connect' })))).toContain('open: ')
})

test('a denial is silence before a connection, beside a control that was answered', () => {
  const silent = result({ outcome: 'timeout', phase: 'connect', error: 'i/o timeout' })
  expect(judgeBarred('staging', silent, by('staging'))).toEqual({ held: true })
  expect(detailOf(judgeBarred('staging', silent, silent))).toContain('open: a pod of staging calling')
  for (const through of [by('staging'), result({ status: 404 }), result({ outcome: 'untrusted', phase: 'tls' }), result({ outcome: 'timeout', phase: 'answer' })]) {
    expect(detailOf(judgeBarred('staging', through, by('staging')))).toContain('violated: expected a pod of staging')
  }
  expect(detailOf(judgeBarred('staging', result({ outcome: 'dns', phase: 'resolve' }), by('staging')))).toContain('open: ')
})

test('a fault outweighs what is open; without a fault what is open makes all undecidable', () => {
  const open: HostFinding = { held: false, decided: false, detail: 'unknown' }
  expect(faultsIn([{ held: true }, open, { held: false, decided: true, detail: 'wrong' }])).toEqual(['wrong'])
  expect(faultsIn([{ held: true }])).toEqual([])
  expect(() => faultsIn([{ held: true }, open, open])).toThrow('unknown (and 1 more of 3 calls)')
  expect(() => faultsIn([])).toThrow('expected at least one call to judge, but none was made')
})
