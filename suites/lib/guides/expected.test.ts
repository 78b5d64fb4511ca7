import { expect, test } from 'vitest'
import { difference } from './expected.ts'

const values = { ENVIRONMENT: 'staging' }

test.each([
  ['columns of another width', 'NAME   READY\nweb    1/1', 'NAME            READY\nweb             1/1\n'],
  ['a placeholder', 'web-<pod>  1/1  <age>', 'web-7c9f-x2  1/1  12s'],
  ['what was filled in', 'pods in <environment>', 'pods in staging'],
  ['any lines', 'first\n…\nlast', 'first\nsecond\nthird\nlast'],
  ['any lines, none of them there', 'first\n…', 'first'],
  ['nothing where text may be left out', 'a b…', 'a b'],
  ['text left out inside a line', 'User "…" cannot list (pods)', 'User "a:b" cannot list (pods)'],
])('agree: %s', (_, wanted, printed) => {
  expect(difference(wanted, printed, values)).toBeUndefined()
})

test.each([
  ['another value than was filled in', 'in <environment>', 'in production', 'expected the line "in <environment>", got "in production"'],
  ['a line too few', 'a\nb', 'a', 'expected the line "b", got no more lines'],
  ['a line too many', 'a', 'a\nb', 'expected nothing after "a", got "b"'],
  ['a dot that is no dot', 'a.b', 'axb', 'expected the line "a.b", got "axb"'],
  ['nothing where a placeholder stands', 'a <x> b', 'a  b', 'expected the line "a <x> b", got "a b"'],
])('differ: %s', (_, wanted, printed, said) => {
  expect(difference(wanted, printed, values)).toBe(said)
})
