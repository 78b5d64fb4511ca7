import { sentenceOf } from '../../console/failure.ts'
import type { Stage, StageResult, StageWorld, Tally } from './stage.ts'
import { single } from './stage.ts'

/** Runs stages in order. A failed gate skips what comes after it, an interruption everything; stages marked `always` run all the same. */
export async function runStages(stages: readonly Stage[], world: StageWorld, onStage: (result: StageResult) => void): Promise<StageResult[]> {
  const results: StageResult[] = []
  let closed: string | undefined
  for (const stage of stages) {
    const startedAt = performance.now()
    if (world.signal.aborted) closed = 'the run was interrupted'
    const skip = closed !== undefined && stage.always !== true
    const tally = skip ? skipped(closed ?? '') : await carriedOut(stage, world)
    const result = { name: stage.name, seconds: Math.round(performance.now() - startedAt) / 1000, ...tally }
    if (stage.gate === true && tally.failed > 0) closed ??= `${stage.name} failed`
    results.push(result)
    onStage(result)
  }
  return results
}

function skipped(why: string): Tally {
  return { passed: 0, failed: 0, skipped: 1, notes: [`not run: ${why}`] }
}

async function carriedOut(stage: Stage, world: StageWorld): Promise<Tally> {
  world.report({ phase: stage.name, state: 'started' })
  try {
    const tally = await stage.run(stage.always === true ? { ...world, signal: new AbortController().signal } : world)
    world.report({ phase: stage.name, state: tally.failed === 0 ? 'finished' : 'failed' })
    return tally
  } catch (error) {
    world.report({ phase: stage.name, state: 'failed' })
    return single(false, sentenceOf(error))
  }
}
