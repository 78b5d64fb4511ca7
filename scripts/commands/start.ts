import { defineVerb } from '../console/verb.ts'

export const start = defineVerb({
  name: 'start',
  description: 'Everything from a fresh clone: build what is missing, start the sandbox, provision the platform, run the suites, publish the evidence.',
  args: {},
  run: async ({ console, signal }) => {
    const { up } = await import('../../fixtures/sandbox/sandbox.ts')
    const { provision } = await import('../operations/pipeline/provision.ts')
    const { conform } = await import('../operations/conformance/conform.ts')
    const { announceRun } = await import('../operations/conformance/announce.ts')
    await up({ report: console.report, signal })
    signal.throwIfAborted()
    await provision({ target: 'sandbox', report: console.report, signal })
    signal.throwIfAborted()
    const published = await conform({ target: 'sandbox', profile: 'nightly', only: [], skip: [], report: console.report, signal })
    return announceRun(published, console, signal)
  },
})
