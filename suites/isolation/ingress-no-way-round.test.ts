import { environmentNames } from '../intent/environments.ts'
import { canary, hostOf } from '../intent/hosts.ts'
import { expect, test } from '../lib/case.ts'
import { faultsIn, judgeBarred } from '../lib/hosts.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { clientIn } from '../lib/probes/https-client.ts'
import { callFrom } from '../lib/probes/https.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'

test(
  'no pod of an environment reaches a service, its own or another\'s, by way of the ingress',
  { tags: ['FR-009'] },
  async ({ platform, run, evidence }) => {
    const world = { platform, run }
    const [ingress, outside, ...inside] = await Promise.all([readIngress(platform), clientIn(world, 'outside'), ...environmentNames.map((environment) => clientIn(world, environment))])
    const calls = environmentNames.map((environment) => ({ id: environment, url: `https://${hostOf(canary, environment, ingress.domain)}/` }))
    const [controls = [], ...attempts] = await Promise.all([outside, ...inside].map((pod) => callFrom(platform, pod, ingress, calls)))
    const seen = attempts.map((results, index) => ({ from: environmentNames[index] ?? '', results }))
    evidence.observe('calls from a pod of each environment to the ingress, and the same calls from outside the environments, the controls', { controls, seen })

    expect(faultsIn(seen.flatMap(({ from, results }) => results.map((result) => {
      const control = controls.find(({ id }) => id === result.id)
      if (control === undefined) throw new IndeterminateError(`expected a control for ${result.url}, but there is none`)
      return judgeBarred(from, result, control)
    })))).toBeFaultless()
  },
)
