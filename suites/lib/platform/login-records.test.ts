import { expect, test } from 'vitest'
import { databaseOf } from './login-records.ts'

test('a login is for the environment whose database it reached, whoever logged in', () => {
  expect(databaseOf({ dbname: 'production', user: 'staging_blue' })).toBe('production')
  expect(databaseOf({ _msg: 'connection authorized: user=a database=system SSL enabled' })).toBe('system')
  expect(databaseOf({ dbname: 'postgres' })).toBeUndefined()
  expect(databaseOf({})).toBeUndefined()
})
