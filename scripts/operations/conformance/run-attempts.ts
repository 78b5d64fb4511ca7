import { KubeConfig } from '@kubernetes/client-node'
import { z } from 'zod'
import { sentenceOf } from '../../console/failure.ts'
import { madeIdentities, makeIdentities, removeIdentities, type AttemptsPlace } from './attempts.ts'

// A program of its own, so that whoever judges the platform can have identities made and holds no credentials that could make them:
// `run-attempts.ts PLACE make|list|remove RUN`, where PLACE is JSON. Prints JSON; tokens are in it, so it goes to the caller and nowhere else.

const placeSchema = z.strictObject({ kubeconfig: z.string(), namespaces: z.record(z.string(), z.string()) })
const runSchema = z.string().regex(/^[0-9a-z]{26}$/)

const verbs: Readonly<Record<string, (place: AttemptsPlace) => Promise<unknown>>> = {
  make: makeIdentities,
  list: madeIdentities,
  remove: async (place) => {
    await removeIdentities(place)
    return []
  },
}

const [place = '', verb = '', run] = process.argv.slice(2)
const { kubeconfig, namespaces } = placeSchema.parse(JSON.parse(place))
const cluster = new KubeConfig()
cluster.loadFromFile(kubeconfig)
const work = verbs[verb]
if (work === undefined) throw new Error(`Expected one of ${Object.keys(verbs).join(', ')}, got ${verb}.`)
// A caller that is gone would never have removed what is made after its end.
process.stdin.once('end', () => process.exit(1)).resume()
try {
  process.stdout.write(JSON.stringify(await work({ cluster, namespaces, run: runSchema.parse(run) })))
} catch (error) {
  // What a request failed of stands in its first line; the rest is where in our code, which nobody who reads this looks for.
  process.stderr.write(`Error: ${sentenceOf(error)}\n`)
  process.exitCode = 1
}
process.stdin.destroy()
