import { expect, test } from 'vitest'
import { confirmed } from './confirm.ts'

const asked = (answer: string) => () => Promise.resolve(answer)
const never = () => Promise.reject(new Error('nobody is to be asked'))

test('nobody is asked with --yes, nor on a sandbox without a terminal', async () => {
  await confirmed({ target: 'lke', yes: true, terminal: true, question: never })
  await confirmed({ target: 'sandbox', yes: false, terminal: false, question: never })
})

test('an account without a terminal is not begun on', async () => {
  await expect(confirmed({ target: 'lke', yes: false, terminal: false, question: never })).rejects.toThrow('A drill on lke needs somebody\'s word, and nobody can be asked here: run it on a terminal, or with --yes.')
})

test('anything but yes is no', async () => {
  await confirmed({ target: 'sandbox', yes: false, terminal: true, question: asked('yes ') })
  await expect(confirmed({ target: 'sandbox', yes: false, terminal: true, question: asked('no') })).rejects.toThrow('The answer was "no", not yes: no drill was held, and nothing was touched.')
})
