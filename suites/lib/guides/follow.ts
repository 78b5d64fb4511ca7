import { budgets, type Budget } from '../budgets.ts'
import { difference } from './expected.ts'
import { filled, reader, type Guide, type Step } from './guide.ts'
import { openShell, type Ended, type Shell, type Surroundings } from './shell.ts'

/** What became of one step. Output is as it was printed: the evidence recorder redacts it. */
export interface FollowedStep {
  at: string
  heading: string
  as: string
  command: string
  outcome: 'as written' | 'otherwise' | 'cut off' | 'not reached' | 'not for this reader' | 'not executed'
  exit?: number | undefined
  seconds?: number
  output?: string
  /** What was expected and seen instead, or why it was not run. */
  why?: string
}

export interface FollowedGuide {
  guide: string
  audience: string
  /** Of all steps that were run, one after the other. */
  seconds: number
  minutes: number
  steps: readonly FollowedStep[]
}

/** Who follows a guide. */
export interface Follower {
  profile?: string
  /** What they fill in. */
  values: Readonly<Record<string, string>>
  /** By the name that the guide calls them; the reader at least. */
  people: Readonly<Record<string, Surroundings>>
  /** How long one command may take; the usual budget of a guide's step unless said. */
  budget?: Budget
  /** Hears of each step when it ended, and when it was begun; the instant is absent when it was not. */
  onStep?: (step: FollowedStep, startedAt?: Date) => void
}

/** Follows a guide from empty home directories, step after step, until one does not do what is written; what cleans up is run in any case. Rejects with GuideError only. */
export async function follow(guide: Guide, follower: Follower, signal: AbortSignal): Promise<FollowedGuide> {
  const { steps } = filled(guide, follower.values)
  const shells = new Map<string, Shell>()
  const shellOf = async (who: string): Promise<Shell> => {
    const surroundings = follower.people[who] ?? { path: [], variables: {} }
    const shell = shells.get(who) ?? await openShell(surroundings)
    shells.set(who, shell)
    return shell
  }
  const followed: FollowedStep[] = []
  let stopped = false
  try {
    for (const step of steps) {
      const why = leftOut(step, follower, stopped)
      const startedAt = new Date()
      const one = why === undefined ? await runStep(step, await shellOf(step.as), { guide, follower, signal: step.cleanUp ? new AbortController().signal : signal }) : unrun(guide, step, why)
      followed.push(one)
      follower.onStep?.(one, why === undefined ? startedAt : undefined)
      stopped ||= one.outcome === 'otherwise' || one.outcome === 'cut off' || signal.aborted
    }
  }
  finally {
    await Promise.all([...shells.values()].map((shell) => shell.close()))
  }
  return { guide: `docs/${guide.file}`, audience: guide.audience, minutes: guide.minutes, seconds: followed.reduce((sum, { seconds = 0 }) => sum + seconds, 0), steps: followed }
}

type Left = Pick<FollowedStep, 'outcome' | 'why'>

function leftOut(step: Step, { profile, people }: Follower, stopped: boolean): Left | undefined {
  if (step.notExecuted !== undefined) return { outcome: 'not executed', why: step.notExecuted }
  if (step.only !== undefined && step.only !== profile) return { outcome: 'not for this reader', why: `it is for ${step.only}` }
  if (people[step.as] === undefined) return { outcome: 'otherwise', why: `nobody was there to be "${step.as}"` }
  return stopped && !step.cleanUp ? { outcome: 'not reached', why: 'an earlier step did not do what is written' } : undefined
}

function unrun(guide: Guide, step: Step, left: Left): FollowedStep {
  return { ...said(guide, step), ...left }
}

function said({ file }: Guide, { line, heading, as, command }: Step): Pick<FollowedStep, 'at' | 'heading' | 'as' | 'command'> {
  return { at: `docs/${file}:${line}`, heading, as: as === reader ? 'the reader' : as, command }
}

async function runStep(step: Step, shell: Shell, { guide, follower, signal }: { guide: Guide, follower: Follower, signal: AbortSignal }): Promise<FollowedStep> {
  const { budget = budgets.guideStep, values } = follower
  const ended = await shell.run(step.command, budget, signal)
  const why = faultIn(step, ended, { budget, values })
  const outcome = ended.cutOff ? 'cut off' : why === undefined ? 'as written' : 'otherwise'
  return { ...said(guide, step), outcome, exit: ended.exit, seconds: Math.round(ended.seconds * 100) / 100, output: shortened(ended.output), ...(why === undefined ? {} : { why }) }
}

function faultIn(step: Step, { exit, cutOff, output }: Ended, { budget, values }: { budget: Budget, values: Readonly<Record<string, string>> }): string | undefined {
  if (cutOff) return `it had not ended after ${budget.milliseconds / 1000} s, or the run was cancelled`
  if (exit !== step.exit) return `expected exit code ${step.exit}, got ${exit ?? 'a signal'}: ${lastLine(output)}`
  return step.expected === undefined ? undefined : difference(step.expected, output, values)
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}

/** Enough to see what happened; a guide does not print pages. */
const mostOutput = 4000

function shortened(output: string): string {
  return output.length <= mostOutput ? output : `${output.slice(0, mostOutput)}…`
}

/** What says that the world did not answer, which is no fault of a guide. */
const unanswered = /unable to connect to the server|connection refused|i\/o timeout|TLS handshake timeout|ServiceUnavailable|etcdserver|no such host|returned error: 50[0-4]/i

/** Where kubectl asks that was told of no cluster: nothing is meant to answer there. */
const nobodys = /\blocalhost:8080\b/

function metNobody({ outcome, output = '', why = '' }: FollowedStep): boolean {
  const said = output + why
  return outcome === 'otherwise' && unanswered.test(said) && !nobodys.test(said)
}

/** One sentence for each step that did not do what is written. */
export function faultsOf({ steps }: FollowedGuide): string[] {
  return steps.filter((step) => step.outcome === 'otherwise' && !metNobody(step)).map(sentence)
}

/** One sentence for each step of which nobody knows whether it would have done what is written. */
export function undecidedIn({ steps }: Pick<FollowedGuide, 'steps'>): string[] {
  return steps.filter((step) => step.outcome === 'cut off' || metNobody(step)).map(sentence)
}

function sentence({ at, heading, as, command, why = '' }: FollowedStep): string {
  return `expected "${command.split('\n').filter((line) => line.trim() !== '')[0] ?? ''}" (${at}, ${heading}, by ${as}) to do what is written, but ${why}`
}
