import { expect, test } from 'vitest'
import { ChildFailure } from './children.ts'
import { explained } from './terraform-failures.ts'

const failed = (stderr: string) => new ChildFailure('terraform apply', { code: 1, stdout: '', stderr })
const sentence = (stderr: string) => {
  const error = explained(failed(stderr), '/work/terraform')
  return error instanceof Error ? error.message : ''
}

test('a held state lock names its holder, since when, and how to release it', () => {
  expect(sentence(`╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error StatusCode:
│ 412, RequestID: E6QZGD6A3YZRY10D, HostID: , api error PreconditionFailed
│ Lock Info:
│   ID:        7e6a4b99-a966-615c-1777-941ec8f868b4
│   Path:      plumbline-state/platform/terraform.tfstate
│   Who:       root@vm
│   Version:   1.11.4
│   Created:   2026-11-23 19:37:18.824113781 +0000 UTC
╵`)).toBe('The Terraform state is locked by root@vm since 2026-11-23 19:37:18 UTC: wait until that run has ended. If it was killed, release its lock with '
    + '`terraform -chdir=/work/terraform force-unlock 7e6a4b99-a966-615c-1777-941ec8f868b4` (for the sandbox after `eval "$(npx plumbline env)"`) and run again.')
})

test('an account limit says what to lower or to ask for', () => {
  expect(sentence('╷\n│ Error: creating pool: [400] Account Limit reached. Please open a support ticket.\n╵')).toBe(
    'Linode refuses to make more on this account (Account Limit reached. Please open a support ticket.). Lower the counts in the platform file, '
    + 'or ask Linode\'s support for a higher limit, naming the resources that the plan creates; then run again.',
  )
})

test('missing capacity says where else to look', () => {
  expect(sentence('Error: [403] The Linode plan you chose is not currently available in the selected region. Please select another')).toBe(
    'Linode has no room for this in the region (The Linode plan you chose is not currently available in the selected region. Please select another). '
    + 'Choose another type or region in the platform file, or run again later.',
  )
})

test('any other failure keeps what terraform said, without its frame', () => {
  expect(sentence('╷\n│ Warning: ignored\n│\n│ Error: No value for required variable\n│\n│   on variables.tf line 4\n╵')).toBe(
    'terraform apply failed with exit code 1: Error: No value for required variable on variables.tf line 4',
  )
})
