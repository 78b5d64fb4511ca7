import type { S3Client } from '@aws-sdk/client-s3'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { lastApplied, textAt } from './applied.ts'
import { readState } from './state-objects.ts'
import type { StateIdentity } from './state-objects.ts'

const wayBack = 'Nothing was touched. `npx plumbline state versions` lists what is kept and `npx plumbline state restore VERSION` makes a version the newest one again; docs/platform/disaster-recovery.md has the steps.'

/** A state as text, or why it is none. */
export function soundness(text: string): { identity: StateIdentity | undefined } | { why: string } {
  try {
    return { identity: readState(text)?.identity }
  } catch (error) {
    return { why: error instanceof SyntaxError ? 'it is not whole: it cannot be parsed as JSON' : 'it is JSON, but no Terraform state with serial, lineage and resources' }
  }
}

/**
 * Refuses to work on a state that is damaged, lost, or not the platform's: with another one Terraform would make everything a second time. Which
 * one is the platform's is known from the last run that ended well. Rejects with a CommandFailure; asks the store for two objects and changes nothing.
 */
export async function refuseUnsoundState(place: { client: S3Client, bucket: string }, key: string): Promise<void> {
  const [text, applied] = await Promise.all([textAt(place, key), lastApplied(place)])
  const at = `The Terraform state ${key} in the bucket ${place.bucket}`
  const found = soundness(text ?? '')
  if ('why' in found) throw new CommandFailure(`${at} is damaged: ${found.why}. ${wayBack}`, exitCodes.partial)
  if (applied?.lineage === undefined) return
  if (found.identity === undefined) throw new CommandFailure(`${at} is gone, and the last run that ended well left one of the lineage ${applied.lineage}. ${wayBack}`, exitCodes.partial)
  if (found.identity.lineage === applied.lineage) return
  throw new CommandFailure(`${at} is another platform's: expected the lineage ${applied.lineage}, which the last run that ended well left, but it has ${found.identity.lineage}. ${wayBack}`, exitCodes.partial)
}
