import { expect, test } from 'vitest'
import { drillPeople } from './people.ts'

const people = ['sre-one', 'sre-two', 'ada'].map((name) => ({ name, roles: ['sre' as const], key: '' }))

test('the sandbox\'s own people stand in for who was not named, and nobody does on an account', () => {
  expect(drillPeople('sandbox', people, {})).toEqual({ operator: 'sre-one', witness: 'sre-two' })
  expect(drillPeople('sandbox', people, { operator: 'ada' })).toEqual({ operator: 'ada', witness: 'sre-two' })
  expect(drillPeople('lke', people, {})).toEqual({ operator: null, witness: null })
})

test('somebody unknown is refused, and one person in both places', () => {
  expect(() => drillPeople('lke', people, { operator: 'adda' })).toThrow('Nobody is called "adda" in this installation: expected one of sre-one, sre-two, ada. Did you mean ada?')
  expect(() => drillPeople('sandbox', people, { operator: 'sre-two' })).toThrow('sre-two was named as operator and as witness: expected somebody else to see the drill, such as --witness sre-one.')
})
