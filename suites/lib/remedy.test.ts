import { expect, test } from 'vitest'
import { missingGuidance } from './remedy.ts'

const whole = 'Linode refuses to make a pool, because a limit of the account is reached: "You’ve reached the limit for the number of active vCPUs in this Linode plan." '
  + 'The account has 12 vCPUs now and needs 20 in all for this platform file. Ask for at least 20 vCPUs at https://cloud.linode.com/support/tickets; then run `npx plumbline provision` again.'

test('a message with limit, numbers and remedy lacks nothing', () => {
  expect(missingGuidance(whole)).toEqual([])
})

test('each thing that is missing is named', () => {
  expect(missingGuidance('terraform apply failed').map((sentence) => /to say (.*?), but/.exec(sentence)?.[1])).toEqual([
    'the limit, in Linode\'s own words', 'how much there is', 'how much is needed', 'where to ask for more', 'what to run then',
  ])
  expect(missingGuidance(whole.replace(/The account has .*? needs 20[^.]*\. /, ''))).toHaveLength(2)
})
