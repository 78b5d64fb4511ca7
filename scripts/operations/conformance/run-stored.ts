import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { sentenceOf } from '../../console/failure.ts'
import { installationOf, targets } from '../pipeline/installation.ts'
import { loadPlatform } from '../pipeline/platform-file.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { readStore } from './store.ts'

// A program of its own, so that whoever judges the platform can be told what the store holds after a rotation, and has no identity that could read it:
// `run-stored.ts TARGET`. Prints JSON; secrets are in it, so it goes to the caller and nowhere else.

try {
  const target = z.enum(targets).parse(process.argv[2])
  const { objectStorage } = await installationOf(target, await loadPlatform(join(repository, 'terraform/platform.yaml')))
  const { secrets } = await readOutputs(target)
  process.stdout.write(JSON.stringify((await readStore(objectStorage, secrets.bucket)).secrets))
} catch (error) {
  process.stderr.write(`Error: ${sentenceOf(error)}\n`)
  process.exitCode = 1
}
