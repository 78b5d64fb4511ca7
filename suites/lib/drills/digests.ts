import { drillDigestsSchema, type DrillDigests } from '../../../reports/model/drill.ts'
import { budgets } from '../budgets.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import { runCommand } from '../probes/command.ts'
import type { DrillsOffer } from './offer.ts'

/** Digests of all that a drill has to leave as it was, as the operator's program gives them. Rejects with IndeterminateError when it does not. */
export async function takeDigests({ digests: { program, args } }: Pick<DrillsOffer, 'digests'>): Promise<DrillDigests> {
  const { exitCode, stdout, stderr } = await runCommand({ program, args, budget: budgets.drillDigests, signal: new AbortController().signal })
  if (exitCode !== 0) throw new IndeterminateError(`expected the digests of what the platform is, but the operator's program ended with ${exitCode === null ? 'a signal' : `exit code ${String(exitCode)}`}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  try {
    return drillDigestsSchema.parse(JSON.parse(stdout))
  }
  catch (error) {
    throw new IndeterminateError(`expected the operator's program to print digests, but it printed something else: ${sentenceOf(error)}`, { cause: error })
  }
}

/** Differences that a drill makes on purpose, and the others. */
export function sorted(differences: readonly string[], renews: readonly string[] = []): { renewed: string[], left: string[] } {
  const renewed = differences.filter((one) => renews.some((beginning) => one.startsWith(beginning)))
  return { renewed, left: differences.filter((one) => !renewed.includes(one)) }
}
