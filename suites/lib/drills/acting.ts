import type { DrillFacts } from '../../intent/drills.ts'
import { budgets } from '../budgets.ts'
import { undecidedIn } from '../guides/follow.ts'
import { sectionOf } from '../guides/guide.ts'
import { guidesOn, surroundingsOf, type GuidesAccess, type GuidesOptions } from '../guides/guides.ts'
import { IndeterminateError } from '../indeterminate.ts'
import type { Drill, FollowOptions } from './drill.ts'
import type { UndoEntry } from './journal.ts'
import { StepFailed, type StepLog } from './steps.ts'
import { typed, whyFailed } from './surroundings.ts'

/** What a drill acts with. `ends` is aborted when it has to end; `promise` has an undo on disk when it resolves. */
export interface ActingWorld {
  access: GuidesAccess
  redactor: GuidesOptions['redactor']
  ends: AbortSignal
  log: StepLog
  promise: (undo: UndoEntry) => Promise<void>
}

/** The drill as its case sees it. */
export function actingIn(world: ActingWorld, facts: DrillFacts): Drill {
  const { access, ends, log, promise } = world
  return {
    signal: ends,
    undo: async (title, command) => {
      // After an abort nothing is touched any more, so there is nothing to promise.
      ends.throwIfAborted()
      await promise({ title, command })
    },
    step: async (title, terms, work) => await log.timed(title, terms, work),
    command: async (title, terms, command) => await log.timed(title, terms, async () => {
      const ended = await typed(command, surroundingsOf(access), ends)
      const why = whyFailed(ended)
      if (why !== undefined) throw new StepFailed(why)
      return ended
    }, command),
    follow: async (values, options = {}) => await followed(world, { facts, values, options }),
    observe: (title, data) => log.observe(title, data),
  }
}

interface Following { facts: DrillFacts, values: Readonly<Record<string, string>>, options: FollowOptions }

async function followed({ access, redactor, ends, log }: ActingWorld, { facts, values, options }: Following): ReturnType<Drill['follow']> {
  const { guide: { file, heading } = facts.runbook, atMost, ...beside } = options
  const guides = guidesOn({ access, redactor, signal: ends })
  const whole = await guides.read(file)
  const guide = heading === undefined ? whole : sectionOf(whole, heading)
  ends.throwIfAborted()
  const result = await guides.followAsOperator(guide, values, {
    ...beside, budget: budgets.drillCommand, onStep: (step, startedAt) => log.followed(step, options, startedAt),
  })
  const [undecided] = undecidedIn(result)
  ends.throwIfAborted()
  if (undecided !== undefined) throw new IndeterminateError(undecided)
  const bad = result.steps.find(({ outcome }) => outcome === 'otherwise')
  if (bad !== undefined) throw new StepFailed(`${bad.at} did not do what is written: ${bad.why ?? ''}`)
  if (atMost !== undefined && result.seconds > atMost) throw new StepFailed(`docs/${file} took ${result.seconds.toFixed(0)} s, and ${String(atMost)} s are allowed`)
  return result
}
