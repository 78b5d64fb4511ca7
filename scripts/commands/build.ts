import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const build = defineVerb({
  name: 'build',
  description: 'Build every pinned tool that is missing from the cache; what is built stays built when it is interrupted.',
  args: {},
  run: async ({ console }) => {
    const { ensureToolchain } = await import('../../fixtures/sandbox/toolchain/build.ts')
    const { paths } = await import('../../fixtures/sandbox/paths.ts')
    await ensureToolchain({ report: console.report })
    console.line(`Every pinned tool is built in ${paths.tools}.`)
    console.document({ tools: paths.tools })
    return exitCodes.conformant
  },
})
