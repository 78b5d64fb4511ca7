/** One rule that lets packets in to the nodes. `ports` as Linode writes them; null for protocols that have none. */
export interface InboundRule { protocol: 'TCP' | 'UDP' | 'ICMP' | 'IPENCAP', ports: string | null, from: 'nodes' | 'nodebalancers' }

/** Private networks that a rule may admit. Nothing public is ever among them. */
export const networks = { nodes: ['192.168.128.0/17'], nodebalancers: ['192.168.255.0/24'] } as const satisfies Record<InboundRule['from'], readonly string[]>

/**
 * The firewall on the nodes (FR-009): what is not named here is dropped, and what leaves is not restricted. The rules are those that LKE
 * needs to work, as Linode publishes them: https://techdocs.akamai.com/cloud-computing/docs/lke-network-firewall-details
 */
export const nodeFirewall = {
  inboundPolicy: 'DROP',
  outboundPolicy: 'ACCEPT',
  inbound: [
    { protocol: 'TCP', ports: '10250, 10256', from: 'nodes' },
    { protocol: 'UDP', ports: '51820', from: 'nodes' },
    { protocol: 'TCP', ports: '53', from: 'nodes' },
    { protocol: 'UDP', ports: '53', from: 'nodes' },
    { protocol: 'TCP', ports: '179', from: 'nodes' },
    { protocol: 'IPENCAP', ports: null, from: 'nodes' },
    { protocol: 'ICMP', ports: null, from: 'nodes' },
    { protocol: 'TCP', ports: '30000-32767', from: 'nodebalancers' },
    { protocol: 'UDP', ports: '30000-32767', from: 'nodebalancers' },
  ],
} as const satisfies { inboundPolicy: 'DROP', outboundPolicy: 'ACCEPT', inbound: readonly InboundRule[] }

/** A rule as one line, the same for the intent and for what Linode says. */
export function ruleInWords({ action, protocol, ports, ipv4, ipv6 }: { action: string, protocol: string, ports: string | null, ipv4: readonly string[], ipv6: readonly string[] }): string {
  const where = ports === null ? '' : ` ${ports.replaceAll(/\s/g, '').split(',').toSorted().join(',')}`
  return `${action} ${protocol}${where} from ${[...ipv4, ...ipv6].toSorted().join(', ') || 'nowhere'}`
}

export const intendedInbound: readonly string[] = nodeFirewall.inbound.map(({ protocol, ports, from }) =>
  ruleInWords({ action: 'ACCEPT', protocol, ports, ipv4: networks[from], ipv6: [] }))
