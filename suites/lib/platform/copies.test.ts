import { describe, expect, test } from 'vitest'
import { copiesLeft, documentsIn } from './copies.ts'

const [old, current] = [{ name: 'password before', value: 'Qz7mP2vXw9Lk4TnR' }, { name: 'password now', value: 'Ht5bN8cYd3Jg6WsE' }]
const secret = (name: string, value: string) => ({ kind: 'Secret', metadata: { namespace: 'development', name }, data: { password: Buffer.from(value).toString('base64') } })
const printed = (...items: object[]) => JSON.stringify({ items })

describe('copies of a value that is not in use any more', () => {
  test('are named with the object that holds them', () => {
    const documents = documentsIn(printed(secret('data-store', current.value), secret('backup', old.value)))
    expect(copiesLeft(documents, { old, current })).toEqual([expect.stringContaining('expected no secret in Secret development/backup, but it holds the password before')])
  })

  test('are not there when only the new value is', () => {
    expect(copiesLeft(documentsIn(printed(secret('data-store', current.value))), { old, current })).toEqual([])
  })

  test('are undecided by a search that does not find the new value either', () => {
    expect(() => copiesLeft(documentsIn(printed(secret('other', 'nothing of the kind'))), { old, current })).toThrow('it found it nowhere')
  })

  test.each(['', '{"items":[]}', 'error: forbidden'])('are undecided without objects: %s', (text) => {
    expect(() => documentsIn(text)).toThrow('expected kubectl to print the objects')
  })
})
