import { ChildFailure } from './children.ts'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { QuotaFailure } from './quota.ts'

/** `pattern` is looked for in the report as it is framed, line by line, unless it is `wrapped`: what Linode says goes over line ends wherever the width asks for it. */
interface Explanation { pattern: RegExp, wrapped?: true, failure: (match: RegExpExecArray) => CommandFailure }

/** Terraform refused before it did anything: there is nothing of this run to undo, and what differs in the state is another run's work. */
export class NothingDone extends CommandFailure {
  constructor(message: string) {
    super(message, exitCodes.partial)
    this.name = 'NothingDone'
  }
}

/** What Linode and the state backend say when they refuse, and what to do about it. */
const explanations: readonly Explanation[] = [
  {
    pattern: /Error acquiring the state lock[\s\S]*?^ID:\s+(\S+)[\s\S]*?^Who:\s+(\S+)[\s\S]*?^Created:\s+(\S+ [0-9:]+)/m,
    failure: ([, id = '', who = '', created = '']) => new NothingDone(
      `The Terraform state is locked by ${who} since ${created} UTC: wait until that run has ended. If it was killed, release its lock with \`npx plumbline state unlock ${id}\` and run again.`),
  },
  {
    pattern: /^Error: Saved plan is stale/m,
    failure: () => new NothingDone('The state changed between this plan and its apply: another run was at work. Nothing of this plan was applied; run again.'),
  },
  {
    wrapped: true,
    pattern: /\[40[03]\] ([^\n]*not currently available in the selected region[^\n]*|[^\n]*no availability for the selected plan[^\n]*)/i,
    failure: ([, said = '']) => new CommandFailure(
      `Linode has no room for this in the region (${said.trim()}). Choose another type or region in the platform file, or run \`npx plumbline provision\` again later.`, exitCodes.partial),
  },
  {
    wrapped: true,
    pattern: /\[(503|429)\] ([^\n]*)/,
    failure: ([, status = '', said = '']) => new CommandFailure(
      `The Linode API does not serve requests at the moment: it answered ${status} (${said.trim()}). What runs on the platform is not affected. See https://status.linode.com, and run \`npx plumbline provision\` again when it answers.`, exitCodes.partial),
  },
]

/** The same failure in words that say what to do; failures of no known kind come back as they are. */
export function explained(error: unknown): unknown {
  if (!(error instanceof ChildFailure)) return error
  // Terraform wraps its lines at a width and frames them.
  const text = error.stderr.replace(/^[│╷╵ ]+/gm, '')
  const unwrapped = text.split(/\n\s*\n/).map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim()).join('\n')
  const quota = quotaIn(text)
  if (quota !== undefined) return quota
  for (const { pattern, wrapped, failure } of explanations) {
    const match = pattern.exec(wrapped === true ? unwrapped : text)
    if (match !== null) return failure(match)
  }
  return error
}

/** An account limit, with the object that Linode refused: Terraform names that first, in the same report as Linode's reason. */
function quotaIn(text: string): QuotaFailure | undefined {
  for (const report of text.split(/^(?=Error: )/m)) {
    const reason = /\[400\] (.*)/s.exec(report.split(/\n\s*\n/).find((paragraph) => /\[400\].*(?:Account Limit reached|reached\s+the\s+limit)/is.test(paragraph)) ?? '')?.[1]
    if (reason !== undefined) return new QuotaFailure(reason.replaceAll(/\s+/g, ' ').trim(), /^with (\S[^\n]*),$/m.exec(report)?.[1])
  }
  return undefined
}
