import { BlockList, isIPv6 } from 'node:net'
import type { Block } from './policy.ts'

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
