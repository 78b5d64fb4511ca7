import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { nodeStances, offerStance, probedByNode, type NodeStance } from '../lib/probes/node-network.ts'
import { ownNamespace } from '../lib/probes/own-namespace.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const stances = Object.keys(nodeStances) as NodeStance[]
/** Where a pod is started that its node asks whether it is ready. */
const probed = 'development'

test(
  'no pod of an environment stands on the network of its node, where no policy selects it, and a node reaches its own pods under default-deny',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const place = { platform, run }
    const namespaces = [...environmentNames.map((environment) => platform.namespaceOf(environment)), await ownNamespace(place, 'node-network')]
    const offers = await Promise.all(namespaces.map(async (namespace) => ({
      namespace, control: await offerStance(place, namespace), refused: await Promise.all(stances.map((stance) => offerStance(place, namespace, stance))),
    })))
    const asked = await probedByNode(place, platform.namespaceOf(probed))
    evidence.observe('offers of pods on the network of their node, beside an ordinary one, the control', offers)
    evidence.observe('a pod under default-deny that only its own node asks whether it is ready', { environment: probed, asked })

    for (const { control, refused } of offers) {
      expect(control).toSucceedAsControl()
      for (const one of refused) expect(one).toBeDenied({ control })
    }
    refuseUndecided(asked.state === 'ready' ? [] : [`expected a pod in ${probed} to be found ready by its node under default-deny, but ${asked.why}`])
  },
)
