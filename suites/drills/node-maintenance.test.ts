import { drills } from '../intent/drills.ts'
import { environmentNames } from '../intent/environments.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { announceMaintenance, type AnnouncedMaintenance } from '../lib/platform/maintenance.ts'
import { missingServices, readNodes, servicePods } from '../lib/platform/nodes.ts'
import type { Platform } from '../lib/platform/platform.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** Whose node it is; the others must not notice. */
const maintained = 'system'

test(
  'the node of the system environment is cordoned, drained and given back by the runbook while Linode maintains its machine, the other environments lose no look, and every service is there again',
  { tags: ['US-001.3'], meta: { profile: 'gameday' } },
  async ({ platform, provided, drill }) => {
    const faults: string[] = []
    const log = await drill.run(drills.nodeMaintenance, async ({ undo, step, follow, observe, signal }) => {
      const [node] = (await readNodes(platform)).filter(({ purpose, ready, schedulable }) => purpose === maintained && ready && schedulable)
      if (node === undefined) throw new IndeterminateError(`expected a node of the pool for ${maintained} that takes pods, but there is none`)
      const before = await servicePods(platform)

      await undo('the notice is taken back', withdrawn(node.name))
      await undo('the node takes pods again', `kubectl uncordon ${node.name}`)
      const notice = await step('Linode announces a maintenance', { counts: false }, () => announceMaintenance(provided.rehearsals, node.name))
      const over = new AbortController()
      const linode = maintain(platform, node.name, { notice, signal: AbortSignal.any([signal, over.signal]) })
      linode.catch(() => {})
      await follow({ NODE: node.name }).finally(() => over.abort())
      const moved = await linode

      const nodes = await readNodes(platform)
      const after = await servicePods(platform)
      const again = nodes.find(({ name }) => name === node.name)
      if (again?.ready !== true || !again.schedulable) faults.push(`expected ${node.name} to be ready and to take pods again, but it is ${again === undefined ? 'not there' : again.ready ? 'cordoned' : 'not ready'}`)
      if (!moved) faults.push(`expected ${node.name} to be cordoned and without services when Linode began its work, but it was not`)
      faults.push(...missingServices(before, after))
      observe('the node, and where the pods of the environments were before and are after', { node, again: again ?? null, before, after })
    })

    for (const environment of environmentNames.filter((name) => name !== maintained)) {
      const { unreachable = 0, looks = 0 } = log.watch.environments[environment] ?? {}
      if (unreachable > 0) faults.push(`expected ${environment} to answer every second while the node of ${maintained} was maintained, but in ${String(unreachable)} of ${String(looks)} looks it did not`)
    }
    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

/** What Linode's people do: they begin when nothing is left on the node, and are done a moment later. Resolves with whether the node was ever ready for them. */
async function maintain(platform: Platform, node: string, { notice, signal }: { notice: AnnouncedMaintenance, signal: AbortSignal }): Promise<boolean> {
  const free = async (): Promise<boolean> => {
    const found = (await readNodes(platform)).find(({ name }) => name === node)
    const pods = await servicePods(platform)
    return found?.schedulable === false && pods.every((pod) => pod.node !== node)
  }
  // Whoever gave up, or did not wait for Linode, ends this.
  const seen = await converge(free, budgets.drillCommand, { consecutive: 2, every: 1000, until: (is) => is, signal }).catch((error: unknown) => {
    if (signal.aborted) return undefined
    throw error
  })
  if (seen === undefined) return false
  await notice.becomes('started')
  await notice.becomes('completed')
  return seen.value
}

/** Notices of a node are asked for by whoever rehearses, and taken back here; none is left is as good. */
function withdrawn(node: string): string {
  return [
    'linode() { curl --silent --show-error --fail --header "Authorization: Bearer $LINODE_TOKEN" "$@"; }',
    `for id in $(linode "$LINODE_URL/admin/maintenance" | jq --raw-output --arg node '${node}' '.data[] | select(.entity.label == $node) | .id'); do`,
    '  linode --request DELETE --output /dev/null "$LINODE_URL/admin/maintenance/$id"',
    'done',
  ].join('\n')
}
