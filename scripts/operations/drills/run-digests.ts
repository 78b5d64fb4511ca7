import { z } from 'zod'
import { sentenceOf } from '../../console/failure.ts'
import { targets } from '../pipeline/installation.ts'
import { drillDigests } from './digests.ts'

// A program of its own, so that whoever judges the platform sees digests alone and holds no credentials that could read what they are of:
// `run-digests.ts TARGET`. Prints JSON.

try {
  process.stdout.write(JSON.stringify(await drillDigests(z.enum(targets).parse(process.argv[2]))))
} catch (error) {
  process.stderr.write(`Error: ${sentenceOf(error)}\n`)
  process.exitCode = 1
}
