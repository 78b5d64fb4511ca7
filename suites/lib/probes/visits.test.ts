import { describe, expect, test } from 'vitest'
import { lostVisits, visitOf } from './visits.ts'

const url = 'https://sample-service.staging.example/store'
const row = { pod: 'sample-service-1', visits: 3, user: 'staging_blue' }
const visit = (more: Partial<typeof row> = {}) => visitOf('staging', { url, outcome: 'answered', status: 200, body: JSON.stringify({ ...row, at: 'now', ...more }) })

describe('a visit', () => {
  test('has the row that the service wrote', () => {
    expect(visit()).toEqual({ environment: 'staging', detail: `${url} ended with answered 200`, row })
  })

  test.each([
    ['a service without its data store', { url, outcome: 'answered', status: 502, body: '{"error":"refused"}' }, `${url} ended with answered 502 {"error":"refused"}`],
    ['an answer of another shape', { url, outcome: 'answered', status: 200, body: 'fine' }, `${url} ended with answered 200`],
    ['no answer', { url, outcome: 'timeout', error: 'deadline' }, `${url} ended with timeout deadline`],
    ['no request', undefined, 'nobody asked'],
  ])('says what it was: %s', (_, answer, detail) => {
    expect(visitOf('staging', answer)).toEqual({ environment: 'staging', detail })
  })
})

describe('what is lost', () => {
  test.each([
    ['nothing', visit({ visits: 4 }), []],
    ['nothing that another pod could know', visit({ pod: 'sample-service-2', visits: 1 }), []],
    ['the service', visitOf('staging', undefined), ['expected the service of staging to work with its data store again, but nobody asked']],
    ['the login', visit({ visits: 4, user: 'staging_green' }), ['expected the service of staging to work as staging_blue again, but it does as staging_green']],
    ['rows', visit({ visits: 1 }), ['expected the rows of staging to be there again, but sample-service-1 has 1 visits after 3']],
  ])('%s', (_, after, faults) => {
    expect(lostVisits([visit()], [after])).toEqual(faults)
  })
})
