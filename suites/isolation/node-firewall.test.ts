import { intendedInbound, nodeFirewall, ruleInWords } from '../intent/firewall.ts'
import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { nodeFirewallOn } from '../lib/platform/firewall.ts'

test(
  'the firewall on Linode admits to the nodes what LKE needs, drops everything else, and every node stands behind it',
  { tags: ['FR-009'] },
  async ({ platform, provided, evidence }) => {
    const { firewall, cluster } = platform.outputs
    if (firewall === undefined) throw new IndeterminateError('expected the Terraform output firewall to name the firewall of the nodes, but there is none; run "plumbline provision" to bring the outputs up to date')
    const live = await nodeFirewallOn(provided.linode, { firewall: firewall.id, cluster: cluster.id })
    const rules = live.inbound.map(ruleInWords)
    evidence.observe('the firewall as Linode has it, beside the intent', { live, intended: { ...nodeFirewall, inbound: intendedInbound }, rules })
    if (live.nodes.length === 0) throw new IndeterminateError(`expected the cluster ${cluster.id} to have nodes, but Linode lists none`)

    expect([
      ...live.status === 'enabled' ? [] : [`expected the firewall ${live.label} to be enabled, but it is ${live.status}`],
      ...live.inboundPolicy === nodeFirewall.inboundPolicy ? [] : [`expected the firewall ${live.label} to ${nodeFirewall.inboundPolicy} what no rule admits, but its inbound policy is ${live.inboundPolicy}; run "plumbline provision"`],
      ...live.outboundPolicy === nodeFirewall.outboundPolicy ? [] : [`expected the outbound policy of the firewall ${live.label} to be ${nodeFirewall.outboundPolicy}, but it is ${live.outboundPolicy}`],
      ...live.outbound.map((rule) => `expected the firewall ${live.label} to have no outbound rule, but it has ${ruleInWords(rule)}`),
      ...rules.filter((rule) => !intendedInbound.includes(rule)).map((rule) => `expected the firewall ${live.label} to admit only what LKE needs, but it has the rule ${rule}`),
      ...intendedInbound.filter((rule) => !rules.includes(rule)).map((rule) => `expected the firewall ${live.label} to have the rule ${rule}, which LKE needs, but it has not`),
      ...live.nodes.filter(({ behind }) => !behind).map(({ node, instance }) => `expected node ${node} (Linode ${String(instance)}) to stand behind the firewall ${live.label}, but it does not`),
    ]).toBeFaultless()
  },
)
