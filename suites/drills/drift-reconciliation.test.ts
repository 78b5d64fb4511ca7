import { drills } from '../intent/drills.ts'
import { expect, test } from '../lib/case.ts'
import { unobservedLayers, type DriftReport } from '../lib/drift.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { refuseUndecided } from '../lib/undecided.ts'

const release = 'sample-service-development'

/** What is changed by hand, where `drift` has to find it, and by what name. */
const planted = [
  {
    title: 'somebody opens the nodes\' firewall to an address, in the Cloud Manager', layer: 'terraform', named: /firewall/,
    command: [
      'LINODE=${LINODE_URL:-https://api.linode.com}/v4',
      'ask() { curl --silent --show-error --fail-with-body --header "Authorization: Bearer $LINODE_TOKEN" --header "Content-Type: application/json" "$@"; }',
      'FIREWALL=$(ask "$LINODE/networking/firewalls" | jq --raw-output \'[.data[] | select(.label | startswith("plumbline"))][0].id\')',
      'ask "$LINODE/networking/firewalls/$FIREWALL/rules" | jq \'{inbound, outbound, inbound_policy, outbound_policy} | .inbound += [{action: "ACCEPT", protocol: "TCP", ports: "22", label: "by-hand", addresses: {ipv4: ["192.0.2.1/32"]}}]\' > rules.json',
      'ask --request PUT --data @rules.json "$LINODE/networking/firewalls/$FIREWALL/rules"',
    ].join('\n'),
  },
  {
    title: 'somebody upgrades a release with another value, by Helm', layer: 'helm', named: new RegExp(release),
    command: `helm --namespace kube-system upgrade ${release} "$CHART" --reuse-values --set hpa.maxReplicas=3 --server-side=true --force-conflicts`,
  },
  {
    title: 'somebody changes a label of a namespace, by kubectl', layer: 'cluster', named: /audit/,
    command: 'kubectl label --overwrite namespace audit pod-security.kubernetes.io/warn=privileged',
  },
] as const

test(
  'what somebody changed by hand in Linode, in Helm and in the cluster is named by drift with the layer it is in, and the documented command puts all of it right',
  { tags: ['FR-010'], meta: { profile: 'gameday' } },
  async ({ operator, provided, drill }) => {
    const found: DriftReport['findings'] = []
    const log = await drill.run(drills.driftReconciliation, async (d) => {
      const checkout = provided.operator?.checkout
      if (checkout === undefined) throw new IndeterminateError('expected to be told which checkout operates the platform, but this run was not; run it with "plumbline drill"')
      const look = async (title: string) => d.step(title, { counts: false }, async () => {
        const { exitCode, stdout } = await operator.run('drift', '--json')
        const report = reportIn(stdout)
        d.observe(title, { exitCode, ...report })
        const [unobserved] = unobservedLayers(report)
        if (unobserved !== undefined) throw new IndeterminateError(unobserved)
        return report.findings
      })
      const before = await look('what differs before')
      if (before[0] !== undefined) throw new IndeterminateError(`expected nothing to differ before the drill, but ${before[0].kind} ${before[0].name} does; see "plumbline drift"`)
      await d.undo('the platform is again what its file says', 'npx plumbline provision')
      for (const { title, command } of planted) await d.command(title, { counts: false }, `CHART='${checkout}/terraform/charts/sample-service'\n${command}`)
      found.push(...await look('what differs after three changes by hand'))
      await d.follow({})
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
    expect(planted.filter(({ layer, named }) => !found.some((one) => one.layer === layer && named.test(one.name)))
      .map(({ title, layer }) => `expected drift to name in the layer ${layer} that ${title}, but it named ${found.map((one) => `${one.layer}: ${one.kind} ${one.name}`).join(', ') || 'nothing'}`)).toBeFaultless()
  },
)

function reportIn(stdout: string): DriftReport {
  try {
    return JSON.parse(stdout) as DriftReport
  }
  catch (error) {
    throw new IndeterminateError(`expected "plumbline drift --json" to print a report, but it printed ${stdout.slice(0, 200) || 'nothing'}`, { cause: error })
  }
}
