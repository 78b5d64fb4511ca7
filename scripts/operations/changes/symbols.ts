import type { Platform } from '../pipeline/platform-schema.ts'
import type { ValueSources } from '../pipeline/release-values.ts'
import { expectedSources } from '../pipeline/rendered-releases.ts'

/** Addresses of documentation (RFC 5737), one for each thing whose real address nobody decides on. */
const symbols = {
  '192.0.2.1': 'the API server',
  '192.0.2.2': 'the data store',
  '192.0.2.3': 'the object store',
  '192.0.2.4': 'the platform channel',
} as const
const [apiServer, dataStore, objectStore, channel] = Object.keys(symbols) as [string, string, string, string]

/** What a symbol stands for; everything else is as it was. */
export function spokenAddress(range: string): string {
  const found = Object.entries(symbols).find(([address]) => range === address || range === `${address}/32`)
  return found?.[1] ?? range
}

/** Sources of the releases' values with symbols where the real ones are known only after an apply. */
export function symbolicSources(platform: Platform): ValueSources {
  const endpoints: ValueSources['endpoints'] = {
    objectStorage: { host: 'object-store.invalid', addresses: [objectStore], port: 443, url: 'https://object-store.invalid', region: platform.region },
    channel: { host: 'channel.invalid', addresses: [channel], port: 443 },
    outsideProbers: platform.observability.outsideProbers,
  }
  return {
    ...expectedSources(platform, { approval: 'symbolic', endpoints }),
    dataStore: { host: 'data-store.invalid', addresses: [dataStore], port: 5432 },
    controlPlane: { addresses: [apiServer], port: 6443 },
  }
}
