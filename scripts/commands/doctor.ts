import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const doctor = defineVerb({
  name: 'doctor',
  description: 'Check what this machine needs for the sandbox; name what is missing and the command that fixes it.',
  args: {},
  run: async ({ console }) => {
    const { doctor: examine } = await import('../../fixtures/sandbox/sandbox.ts')
    const checks = await examine()
    for (const check of checks) {
      console.line(`${check.ok ? '✔' : '✘'} ${check.check}: ${check.seen}`)
      if (!check.ok && check.remedy !== undefined) console.line(`    ${check.remedy}`)
    }
    const missing = checks.filter((check) => !check.ok).length
    console.line(missing === 0 ? 'Nothing is missing.' : `${String(missing)} of ${String(checks.length)} checks failed; what to do stands below each.`)
    console.document({ ok: missing === 0, checks })
    return missing === 0 ? exitCodes.conformant : exitCodes.usage
  },
})
