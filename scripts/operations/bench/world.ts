import { CoreV1Api, NetworkingV1Api, type KubeConfig } from '@kubernetes/client-node'
import { ulid } from 'ulid'
import { verifierToken } from '../../../suites/lib/platform/identity.ts'
import { bounded } from '../../../suites/lib/platform/kubernetes.ts'
import { parseOutputs } from '../../../suites/lib/platform/outputs.ts'
import { platformFrom, type Platform } from '../../../suites/lib/platform/platform.ts'
import { administratorOf } from '../access/session.ts'
import { readOutputs } from '../pipeline/read-outputs.ts'

/** The platform for a benchmark: as the verifier for our probes, and as the administrator for those that need one. */
export interface BenchWorld {
  platform: Platform
  administrator: KubeConfig
  core: CoreV1Api
  /** The same, for removing what was made: an interrupted benchmark still owes that. */
  cleaning: CoreV1Api
  networking: NetworkingV1Api
  /** Lower-cased id, the value of the run label. */
  run: string
  signal: AbortSignal
}

export async function benchWorld(signal: AbortSignal): Promise<BenchWorld> {
  const outputs = await readOutputs('sandbox', { signal })
  const parsed = parseOutputs(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])))
  const administrator = administratorOf(outputs)
  return {
    platform: platformFrom({ outputs: parsed, identity: { token: await verifierToken(parsed, signal) }, authorities: '' }),
    administrator,
    core: new CoreV1Api(bounded(administrator, signal)),
    cleaning: new CoreV1Api(bounded(administrator)),
    networking: new NetworkingV1Api(bounded(administrator, signal)),
    run: ulid().toLowerCase(),
    signal,
  }
}
