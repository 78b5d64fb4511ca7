import { sentenceOf } from '../../console/failure.ts'
import type { Findings } from './findings.ts'
import type { LinodeAccount } from './linode-account.ts'
import { clearOrphans, orphans } from './orphans.ts'
import type { Phases } from './phases.ts'
import { difference } from './state-objects.ts'
import type { StateObjects } from './state-objects.ts'
import type { Plan, Terraform } from './terraform.ts'
import { NothingDone } from './terraform-failures.ts'
import type { Undoing } from './undo-releases.ts'

export interface UndoWorld {
  /** Without the run's signal: a run that was interrupted owes its undoing all the same. */
  terraform: Pick<Terraform, 'objects' | 'destroy' | 'adopt' | 'plan' | 'apply' | 'forgetPlan'>
  /** Prepares the workspace with what the last run that ended well had applied; undefined when there was none. */
  asBefore: (() => Promise<void>) | undefined
  account: LinodeAccount
  startedAt: Date
  phases: Phases
}

/**
 * Takes back what a run did before it failed: releases first, since what they made outside the cluster would outlive it, then what Terraform
 * made, then what it changed. Never rejects; what could not be taken back is told.
 */
export async function undo(findings: Findings, failure: unknown, world: UndoWorld): Promise<Undoing> {
  // Refused before it did anything; what differs in the state then is another run's work.
  if (failure instanceof NothingDone || findings.applying !== true) return { undone: [], left: [] }
  const undoing: Undoing = { undone: [], left: [] }
  const step = async (phase: string, work: () => Promise<Undoing>): Promise<void> => {
    const { undone, left } = await world.phases.run(phase, work, (found) => [...found.undone, ...found.left].join(', ') || 'nothing to do')
      .catch((error: unknown): Undoing => ({ undone: [], left: [`${phase}: ${sentenceOf(error)}`] }))
    undoing.undone.push(...undone)
    undoing.left.push(...left)
  }
  if (findings.undoReleases !== undefined) await step('undo the releases', findings.undoReleases)
  const { plan, objectsBefore } = findings
  if (plan?.changes === true && objectsBefore !== undefined) await step('undo the infrastructure', () => undoInfrastructure({ plan, before: objectsBefore }, world))
  return undoing
}

interface Change { plan: Plan, before: StateObjects }

async function undoInfrastructure({ plan, before }: Change, world: UndoWorld): Promise<Undoing> {
  const { terraform } = world
  const { made, changed } = difference(before, await terraform.objects(), plan.summary.changes)
  const problems: string[] = []
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => problems.push(sentenceOf(error)))
  }
  if (made.length > 0) await attempt(() => terraform.destroy(made))
  if (made.length + changed.length > 0 && world.asBefore !== undefined && before.size > 0) await attempt(() => restore(before, world))
  const removed: string[] = []
  await attempt(async () => { removed.push(...await clearForgotten(plan, world)) })
  return resultOf({ plan, before }, { made, changed, removed, problems }, await terraform.objects())
}

/** Applies what was in force before, unless that would make something that was not there: then it is not what was in force. */
async function restore(before: StateObjects, { terraform, asBefore }: UndoWorld): Promise<void> {
  await asBefore?.()
  try {
    const { changes, summary } = await terraform.plan()
    const unknown = summary.makes.filter(({ address }) => !before.has(address)).map(({ address }) => address)
    if (unknown.length > 0) throw new Error(`the sources of terraform/ are not those of the last run that ended well: with them ${unknown.join(', ')} would be made`)
    if (changes) await terraform.apply()
  } finally {
    await terraform.forgetPlan()
  }
}

/** What Linode made and Terraform did not hear of any more. */
async function clearForgotten({ summary }: Plan, { terraform, account, startedAt }: UndoWorld): Promise<string[]> {
  const state = await terraform.objects()
  const timed = { makes: summary.makes.filter(({ type }) => timedTypes.has(type)) }
  const found = await orphans({ account, state, plan: timed, since: startedAt })
  return (await clearOrphans(found, { account, adopt: async (address, id) => terraform.adopt(address, id) })).removed
}

/** Linode tells when these were made; of others it would be a guess whose they are. */
const timedTypes: ReadonlySet<string> = new Set(['linode_lke_cluster', 'linode_firewall', 'linode_database_postgresql_v2', 'linode_token'])

interface Attempted { made: string[], changed: string[], removed: string[], problems: string[] }

function resultOf({ plan, before }: Change, { made, changed, removed, problems }: Attempted, after: StateObjects): Undoing {
  const still = difference(before, after, plan.summary.changes)
  // A value that differs may be one that Linode computes; an object that is another one or gone is not what was there.
  const notBack = still.changed.filter((address) => after.get(address)?.id !== before.get(address)?.id)
  const why = problems.length === 0 ? '' : ` (${problems.join('; ')})`
  const unproven = problems.length > 0 && still.made.length + notBack.length === 0 && changed.length > 0
  return {
    undone: [
      ...made.filter((address) => !still.made.includes(address)).map((address) => `${address} destroyed`),
      ...changed.filter((address) => !notBack.includes(address) && !unproven).map((address) => `${address} as before`),
      ...removed.map((each) => `${each} removed`),
    ],
    left: [
      ...still.made.map((address) => `${address} is still there${why}`),
      ...notBack.map((address) => `${address} is ${after.has(address) ? 'another one than before' : 'gone'}${why}`),
      ...unproven ? [`${changed.join(', ')} may not be as before${why}`] : [],
    ],
  }
}

/** What the message of the run says about it, undefined when there was nothing to undo. */
export function undoingInWords({ undone, left }: Undoing): string | undefined {
  if (left.length > 0) {
    return `Undoing it did not succeed altogether. Left: ${left.join('; ')}.${undone.length === 0 ? '' : ` Undone: ${undone.join('; ')}.`} Run \`npx plumbline provision\` with the platform file as it was before; docs/platform/pipeline.md says what to do when that fails.`
  }
  return undone.length === 0 ? undefined : `What this run had done is undone: ${undone.join('; ')}.`
}
