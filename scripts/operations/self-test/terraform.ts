import { cp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { ensureProviderMirror } from '../../../fixtures/sandbox/toolchain/provider-mirror.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { inTemporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import { run, tail } from './child.ts'
import type { Stage, Tally } from './stage.ts'
import { single, sum } from './stage.ts'

const notCopied = new Set(['.terraform', '.terraform.lock.hcl'])
const lineSchema = z.looseObject({
  'type': z.string().optional(),
  '@message': z.string().optional(),
  '@level': z.string().optional(),
  'test_summary': z.looseObject({ passed: z.number(), failed: z.number(), errored: z.number(), skipped: z.number() }).optional(),
})

/** fmt, validate and the tests of terraform/, on a copy, with the provider stand-in. */
export const terraform: Stage = {
  name: 'terraform fmt, validate, test',
  run: async ({ signal }) => {
    const program = await tool('terraform')
    const env = { TF_CLI_CONFIG_FILE: await ensureProviderMirror(), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' }
    return await inTemporaryFolder('terraform', async (folder) => {
      await cp(join(repository, 'terraform'), folder, { recursive: true, filter: (source) => !notCopied.has(basename(source)) })
      const options = { cwd: folder, env, signal }
      const format = await run(program, ['fmt', '-check', '-recursive', '-diff'], options)
      const init = await run(program, ['init', '-backend=false', '-no-color'], options)
      if (init.code !== 0) return sum([single(format.code === 0, ...tail(format)), single(false, ...tail(init))])
      const validate = await run(program, ['validate', '-no-color'], options)
      const test = await run(program, ['test', '-json'], options)
      return sum([single(format.code === 0, ...tail(format)), single(validate.code === 0, ...tail(validate)), terraformTally(test.stdout)])
    })
  },
}

/** Counts the runs of `terraform test -json`; output without a summary means that it did not get that far. */
export function terraformTally(text: string): Tally {
  const lines = text.split('\n').filter((line) => line.startsWith('{')).map((line) => lineSchema.parse(JSON.parse(line)))
  const errors = lines.filter((line) => line['@level'] === 'error').map((line) => line['@message'] ?? '')
  const summary = lines.findLast((line) => line.test_summary !== undefined)?.test_summary
  if (summary === undefined) return single(false, 'terraform test gave no summary', ...errors)
  return { passed: summary.passed, failed: summary.failed + summary.errored, skipped: summary.skipped, notes: errors }
}
