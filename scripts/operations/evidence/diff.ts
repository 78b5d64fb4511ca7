import { compare, kindsOf } from '../../../reports/model/changes.ts'
import type { Changes } from '../../../reports/model/changes.ts'
import type { Results } from '../../../reports/model/results.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { verifyRun } from '../../../reports/verification/verify.ts'
import type { VerifyOptions } from '../../../reports/verification/verify.ts'
import { CommandFailure, UsageFailure, sentenceOf } from '../../console/failure.ts'
import { readRun } from '../conformance/published-run.ts'

export interface RunDifference {
  before: Pick<Results, 'runId' | 'target' | 'profile' | 'verdict' | 'finishedAt'>
  now: RunDifference['before']
  requirements: Changes
  cases: Changes
}

/**
 * What differs between two runs of one target, whichever is the older. Rejects with exit code 5 when either is not what was sealed: evidence that was
 * changed is compared with nothing. Rejects with exit code 2 when they are of different targets.
 */
export async function differenceOf(before: string, now: string, keys: VerifyOptions): Promise<RunDifference> {
  const [first, second] = [await sealedRun(before, keys), await sealedRun(now, keys)]
  if (first.target !== second.target) throw new UsageFailure(`Two runs of one target were expected, but ${first.runId} is of ${first.target} and ${second.runId} of ${second.target}: evidence from one says nothing about the other.`)
  return {
    before: headOf(first),
    now: headOf(second),
    requirements: compare(first, second),
    cases: compare({ ...first, requirements: first.cases }, { requirements: second.cases }),
  }
}

async function sealedRun(path: string, keys: VerifyOptions): Promise<Results> {
  const { folder, results } = await readRun(path)
  const { ok, findings } = await verifyRun(folder, keys).catch((error: unknown) => {
    throw new UsageFailure(sentenceOf(error))
  })
  if (ok) return results
  throw new CommandFailure(`The run in ${folder} is not what was sealed, so it is compared with nothing: ${findings.join(' ')}`, exitCodes.integrity)
}

function headOf({ runId, target, profile, verdict, finishedAt }: Results): RunDifference['before'] {
  return { runId, target, profile, verdict, finishedAt }
}

/** One line per run, then what changed, requirement by requirement and case by case. */
export function differenceInWords({ before, now, requirements, cases }: RunDifference): readonly string[] {
  const head = (name: string, { runId, profile, verdict, finishedAt }: RunDifference['before']) => `${name} ${runId}  ${finishedAt.slice(0, 16).replace('T', ' ')} UTC, profile ${profile}: ${verdict}`
  return [head('before', before), head('now   ', now), ...changesInWords('requirements', requirements), ...changesInWords('cases', cases)]
}

function changesInWords(what: string, changes: Changes): readonly string[] {
  const kinds = kindsOf(changes)
  if (kinds.length === 0) return [`${what}: none changed its standing, and none fails`]
  return kinds.flatMap(({ label, explained, items }) => [`${what}, ${label.toLowerCase()} (${explained}):`, ...items.map(({ id, from, to }) => `  ${id}: ${from ?? 'not there'} → ${to}`)])
}

/** 1 when a requirement fails that did not, 4 when one was lost sight of, 0 otherwise. */
export function exitCodeOfDifference({ requirements }: RunDifference): number {
  if (requirements.new.length > 0) return exitCodes.violated
  return requirements.lost.length > 0 ? exitCodes.partial : exitCodes.conformant
}
