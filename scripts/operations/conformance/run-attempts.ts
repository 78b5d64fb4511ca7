import { z } from 'zod'
import { kubeConfigFrom } from '../../../suites/lib/platform/kubernetes.ts'
import { sentenceOf } from '../../console/failure.ts'
import { targets } from '../pipeline/installation.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'
import { madeIdentities, makeIdentities, removeIdentities, type AttemptsPlace } from './attempts.ts'

// A program of its own, so that whoever judges the platform can have identities made and holds no credentials that could make them:
// `run-attempts.ts TARGET make|list|remove RUN`. Prints JSON; tokens are in it, so it goes to the caller and nowhere else.

const runSchema = z.string().regex(/^[0-9a-z]{26}$/)

const verbs: Readonly<Record<string, (place: AttemptsPlace) => Promise<unknown>>> = {
  make: makeIdentities,
  list: madeIdentities,
  remove: async (place) => {
    await removeIdentities(place)
    return []
  },
}

const [target, verb = '', run] = process.argv.slice(2)
const work = verbs[verb]
if (work === undefined) throw new Error(`Expected one of ${Object.keys(verbs).join(', ')}, got ${verb}.`)
// A caller that is gone would never have removed what is made after its end.
process.stdin.once('end', () => process.exit(1)).resume()
try {
  // Read at every call: a run in which a break-glass was closed has seen the administrator's credentials made anew.
  const { kubeconfig, environments } = await readOutputs(z.enum(targets).parse(target))
  const namespaces = Object.fromEntries(Object.entries(environments).map(([environment, { namespace }]) => [environment, namespace]))
  const cluster = kubeConfigFrom(Buffer.from(kubeconfig, 'base64').toString('utf8'))
  process.stdout.write(JSON.stringify(await work({ cluster, namespaces, run: runSchema.parse(run) })))
} catch (error) {
  // What a request failed of stands in its first line; the rest is where in our code, which nobody who reads this looks for.
  process.stderr.write(`Error: ${sentenceOf(error)}\n`)
  process.exitCode = 1
}
process.stdin.destroy()
