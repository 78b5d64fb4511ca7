import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { missingServices, readNodes, servicePods, type NodeFact, type ServicePod } from '../lib/platform/nodes.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const { nodeLoss } = drills

/** What keeps its data on the disk of its node where there are no volumes: the drill takes it only when every node with services has some. */
const stores: readonly string[] = ['observability/victoria-logs', 'observability/prometheus']

test(
  'a node is taken away with all that runs on it, every service is there again, and its pool has another node for the same purpose',
  { tags: ['US-001.3'], meta: { profile: 'gameday' } },
  async ({ platform, drill }) => {
    const faults: string[] = []
    const [nodes, before] = await Promise.all([readNodes(platform), servicePods(platform)])
    const lost = toLose(nodes, before)
    const log = await drill.run(nodeLoss, async ({ undo, follow, observe }) => {
      await undo('every node of the pools is there, and takes pods', allThere)
      await follow({ NODE: lost.name }, { guide: { file: nodeLoss.runbook.file, heading: 'The machine is there and does not answer' }, counts: false })
      await follow({ NODE: lost.name })
      const [again, after] = await Promise.all([readNodes(platform), servicePods(platform)])
      observe('the node that was taken away, the nodes afterwards, and where services were and are', { lost, nodes: again, before, after })
      faults.push(...missingServices(before, after), ...poolFaults({ lost, nodes, again }))
    }, { notOn: lost.name })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

/** The node with most services, of those that hold no store when there are such. Throws IndeterminateError when no node runs services. */
function toLose(nodes: readonly NodeFact[], pods: readonly ServicePod[]): NodeFact {
  const on = (node: NodeFact): ServicePod[] => pods.filter((pod) => pod.node === node.name)
  const kept = (node: NodeFact): number => on(node).filter(({ namespace, service }) => stores.includes(`${namespace}/${service}`)).length
  const [most] = nodes.filter((node) => node.ready && on(node).length > 0).toSorted((a, b) => kept(a) - kept(b) || on(b).length - on(a).length)
  if (most === undefined) throw new IndeterminateError('expected a node that is ready and runs services, but there is none')
  return most
}

function poolFaults({ lost, nodes, again }: { lost: NodeFact, nodes: readonly NodeFact[], again: readonly NodeFact[] }): string[] {
  const ready = (all: readonly NodeFact[]): number => all.filter((node) => node.ready && node.schedulable && node.purpose === lost.purpose).length
  return [
    ...again.some(({ uid }) => uid === lost.uid) ? [`expected ${lost.name} to be another node than before, but it is the same, so nothing was taken away`] : [],
    ...ready(again) < ready(nodes) ? [`expected ${String(ready(nodes))} nodes for ${lost.purpose ?? 'no purpose'} that are ready and take pods, but there are ${String(ready(again))}`] : [],
  ]
}

const allThere = [
  'linode() { curl --silent --show-error --fail --header "Authorization: Bearer $LINODE_TOKEN" "$@"; }',
  'CLUSTER=$(linode "$LINODE_URL/v4/lke/clusters" | jq --raw-output \'.data[] | select(.label == "plumbline") | .id\')',
  'until [ "$(linode "$LINODE_URL/v4/lke/clusters/$CLUSTER/pools" | jq \'[.data[].nodes[] | select(.status != "ready")] | length\')" = 0 ]; do sleep 2; done',
  'kubectl wait --for=condition=Ready node --all --timeout=300s',
  'kubectl uncordon --selector plumbline.dev/purpose',
].join('\n')
