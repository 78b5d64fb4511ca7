import { drills } from '../intent/drills.ts'
import { budgets } from '../lib/budgets.ts'
import { expect, test } from '../lib/case.ts'
import { converge } from '../lib/converge.ts'
import { kubeconfigInForce, nodesRead } from '../lib/drills/administrators-kubeconfig.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { accessList } from '../lib/platform/access-list.ts'
import { takeUpAdministrator } from '../lib/platform/holders.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const anew = { file: 'platform/linode-access.md', heading: 'The administrator\'s kubeconfig is lost, or somebody else has it' }
/** Of the range for documentation: nobody is there. */
const nobody = '192.0.2.1/32'

const asking = [
  'LINODE=${LINODE_URL:-https://api.linode.com}/v4',
  'ask() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $LINODE_TOKEN" --header "Content-Type: application/json" "$@"; }',
].join('\n')

test(
  'whoever lost the administrator\'s kubeconfig, or is locked out by the control-plane access list, is let in again through the Linode API by the runbook',
  { tags: ['FR-002'], meta: { profile: 'gameday' } },
  async ({ platform, provided: { linode }, drill }) => {
    const cluster = `/lke/clusters/${platform.outputs.cluster.id}`
    const seen: Record<string, number> = {}
    const log = await drill.run(drills.accessLoss, async (d) => {
      const before = await accessList(linode, cluster)
      const [own] = before.addresses.ipv4
      if (own === undefined) throw new IndeterminateError('expected the control-plane access list to name an IPv4 range, but it names none')
      const letting = (ipv4: readonly string[]) => `${asking}\nask --request PUT --data '${JSON.stringify({ acl: { enabled: true, addresses: { ipv4 } } })}' "$LINODE${cluster}/control_plane_acl"`
      await d.undo('the outputs hold the administrator\'s kubeconfig that is in force', 'npx plumbline provision')
      await d.undo('the access list is that of before', letting(before.addresses.ipv4))

      const lost = await kubeconfigInForce(platform)
      await d.command('somebody has the cluster\'s credentials made anew, and tells nobody', { counts: false }, `${asking}\nask --request POST --data '{"kubeconfig": true, "servicetoken": true}' "$LINODE${cluster}/regenerate"`)
      const { value: dead } = await d.step('the kubeconfig of the outputs is dead', { counts: false }, lost.untilUnknown)
      seen['the kubeconfig of the outputs, while it is lost'] = dead.status
      await d.follow({}, { guide: anew })
      const renewed = await takeUpAdministrator(platform)
      seen['the kubeconfig of the outputs, found again'] = (await nodesRead(renewed, 'the administrator with the new kubeconfig')).status

      await d.command('the access list names nobody who is here', { counts: false }, letting([nobody]))
      const shut = await d.step('nobody is let in', { counts: false }, () => converge(() => connects(() => nodesRead(renewed, 'the administrator from an address on no list')), budgets.tokenForgotten, { consecutive: 2, until: ({ answered }) => !answered }))
      d.observe('a request to the API server while the access list names nobody who is here', shut.value)
      if (shut.value.answered) throw new IndeterminateError(`expected the access list to keep everybody out, so that there is something to recover from, but the API server answers: ${shut.value.said}`)
      await d.follow({ ADDRESS: own })
      seen['a request to the API server, let in again'] = (await nodesRead(renewed, 'the administrator after the way back')).status
      d.observe('what is answered, and the access list before and after', { seen, before, after: await accessList(linode, cluster) })
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(seen).toEqual({ 'the kubeconfig of the outputs, while it is lost': 401, 'the kubeconfig of the outputs, found again': 200, 'a request to the API server, let in again': 200 })
  },
)

/** An answer of whatever kind means that the connection came about; none, that it did not. */
async function connects(ask: () => Promise<{ status: number }>): Promise<{ answered: boolean, said: string }> {
  return await ask().then(({ status }) => ({ answered: true, said: String(status) }), (error: unknown) => ({ answered: false, said: error instanceof Error ? error.message : String(error) }))
}
