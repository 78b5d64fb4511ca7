import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { readDefaultDeny, readWorkloads } from '../lib/platform/environments.ts'

test(
  'every environment denies both directions by default, for a pod that nobody wrote a policy for',
  { tags: ['FR-003'] },
  async ({ platform, traffic, evidence }) => {
    const present = await Promise.all(environmentNames.map(async (environment) => ({
      environment, policies: await readDefaultDeny(platform, environment), workloads: await readWorkloads(platform, environment),
    })))
    evidence.observe('policies that select every pod and allow nothing, and the pods that each environment holds besides the probes', present)

    const [ingress, egress] = [await traffic.slice('ingressAlone'), await traffic.slice('egressAlone')]
    const cells = [
      ...ingress.cells.filter(({ cell }) => cell.to.endpoint === 'unexposed'),
      ...egress.cells.filter(({ cell }) => cell.from.endpoint === 'unexposed'),
    ]
    evidence.reachability('attempts at and from a pod that asks for nothing, where no policy is on the other side', { cells, seconds: ingress.seconds })

    expect(present.flatMap(({ environment, policies }) => (['ingress', 'egress'] as const)
      .filter((direction) => policies[direction].length === 0)
      .map((direction) => `expected a network policy in ${environment} that selects every pod and allows no ${direction}, but there is none`))).toBeFaultless()
    expect(cells).toBeDenied()
  },
)
