import type { DriftFinding, DriftLayer, DriftLayerName } from '../../../suites/lib/drift.ts'
import { sentenceOf } from '../../console/failure.ts'

/** What a look at one layer found: how many things were compared, and which of them are not as they should be. */
export interface Look { compared: number, findings: Omit<DriftFinding, 'layer'>[] }

export interface LayerResult { layer: DriftLayer, findings: DriftFinding[] }

/** The one command that makes the platform what the checkout says. */
export const reconcile = '`npx plumbline provision`'

/**
 * Looks at a layer. Never rejects, but for the signal: a layer that cannot be looked at says why, and that is not the same as nothing found.
 * `since` is when its work began, where that was before.
 */
export async function looked(layer: DriftLayerName, work: () => Promise<Look>, signal?: AbortSignal, since?: number): Promise<LayerResult> {
  const startedAt = since ?? performance.now()
  const seconds = (): number => Math.round((performance.now() - startedAt) / 100) / 10
  try {
    const { compared, findings } = await work()
    return { layer: { layer, compared, seconds: seconds() }, findings: findings.map((one) => ({ layer, ...one })) }
  } catch (error) {
    signal?.throwIfAborted()
    return { layer: { layer, compared: 0, seconds: seconds(), problem: sentenceOf(error) }, findings: [] }
  }
}
