import { expect, test } from 'vitest'
import { tableOf } from './tables.ts'

const page = '# T\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\ntext\n\n| environment | namespace | host |\n|---|---|---|\n| staging | `staging` | `https://<service>.x` |\n| system | `system` | |\n\nmore'

test('reads the table with these heads, without the marks of code', () => {
  expect(tableOf(page, ['environment', 'namespace'])).toEqual([
    { environment: 'staging', namespace: 'staging', host: 'https://<service>.x' }, { environment: 'system', namespace: 'system', host: '' },
  ])
})

test('a table that is not there has no rows', () => {
  expect(tableOf(page, ['environment', 'host'])).toEqual([])
})
