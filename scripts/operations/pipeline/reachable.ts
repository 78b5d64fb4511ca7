import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

/** A server as pods reach it. A network policy knows addresses only, so a name comes with what it resolves to. */
export interface Reachable { host: string, addresses: string[], port: number }

/** Resolves a name once, at each installation. */
export async function reachable(host: string, port: number): Promise<Reachable> {
  if (isIP(host) !== 0) return { host, addresses: [host], port }
  const found = await lookup(host, { all: true })
  return { host, addresses: found.map(({ address }) => address).sort(), port }
}
