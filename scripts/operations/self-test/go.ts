import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { run, tail } from './child.ts'
import type { Stage, Tally } from './stage.ts'
import { single, sum } from './stage.ts'

const goEnvironment = { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' }
const eventSchema = z.looseObject({ Action: z.string(), Package: z.string().optional(), Test: z.string().optional(), Output: z.string().optional() })

/** `go vet` and `go test` of one Go module of the checkout. */
export function goModule(folder: string): Stage {
  return {
    name: `Go: ${folder}`,
    run: async ({ signal }) => {
      const options = { cwd: join(repository, folder), env: goEnvironment, signal }
      const go = await tool('go')
      const vet = await run(go, ['vet', './...'], options)
      const test = await run(go, ['test', '-count=1', '-json', './...'], options)
      const tally = goTally(test.stdout)
      const outside = test.code !== 0 && tally.failed === 0 ? [single(false, 'go test failed outside of its tests', ...tail(test))] : []
      return sum([single(vet.code === 0, ...tail(vet)), tally, ...outside])
    },
  }
}

/** Counts the tests and subtests of `go test -json`; a test that only holds subtests counts too, as Go does. */
export function goTally(text: string): Tally {
  const events = text.split('\n').filter((line) => line.startsWith('{')).map((line) => eventSchema.parse(JSON.parse(line)))
  const ended = (action: string) => events.filter((event) => event.Action === action && event.Test !== undefined)
  const failed = ended('fail')
  const said = (test: typeof failed[number]) => events
    .filter((event) => event.Action === 'output' && event.Package === test.Package && event.Test === test.Test)
    .map((event) => event.Output?.trim() ?? '')
    .filter((line) => line !== '' && !line.startsWith('===') && !line.startsWith('---'))
  return {
    passed: ended('pass').length,
    failed: failed.length,
    skipped: ended('skip').length,
    notes: failed.map((test) => `${test.Package ?? ''} ${test.Test ?? ''}: ${said(test).slice(0, 4).join(' ')}`),
  }
}
