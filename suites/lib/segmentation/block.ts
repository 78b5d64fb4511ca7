import { BlockList, isIPv6 } from 'node:net'
import type { Block, Labels, Selector } from './policy.ts'

/** Whether a selector selects what carries these labels: every label and every expression must hold. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every((expression) => {
      const value = labels[expression.key]
      switch (expression.operator) {
        case 'In': return value !== undefined && expression.values.includes(value)
        // Also of something without the label.
        case 'NotIn': return value === undefined || !expression.values.includes(value)
        case 'Exists': return value !== undefined
        case 'DoesNotExist': return value === undefined
      }
    })
}

/** Whether an address lies in a block and in none of its exceptions. */
export function holds({ cidr, except }: Block, address: string): boolean {
  return inside(cidr, address) && !except.some((exception) => inside(exception, address))
}

function inside(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/')
  const family = familyOf(network)
  // Node would compare an IPv4 address with an IPv6 block by its mapped form, which no engine does.
  if (family !== familyOf(address)) return false
  const block = new BlockList()
  block.addSubnet(network, Number(length), family)
  return block.check(address, family)
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
