import { ChildFailure } from './children.ts'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

interface Explanation { pattern: RegExp, sentence: (match: RegExpExecArray, folder: string) => string }

/** What Linode and the state backend say when they refuse, and what to do about it. */
const explanations: readonly Explanation[] = [
  {
    pattern: /Error acquiring the state lock[\s\S]*?^ID:\s+(\S+)[\s\S]*?^Who:\s+(\S+)[\s\S]*?^Created:\s+(\S+ [0-9:]+)/m,
    sentence: ([, id = '', who = '', created = ''], folder) =>
      `The Terraform state is locked by ${who} since ${created} UTC: wait until that run has ended. If it was killed, release its lock with \`terraform -chdir=${folder} force-unlock ${id}\` (for the sandbox after \`eval "$(npx plumbline env)"\`) and run again.`,
  },
  {
    pattern: /\[400\] ([^\n│]*(?:Account Limit reached|reached the limit)[^\n│]*)/i,
    sentence: ([, said = '']) =>
      `Linode refuses to make more on this account (${said.trim()}). Lower the counts in the platform file, or ask Linode's support for a higher limit, naming the resources that the plan creates; then run again.`,
  },
  {
    pattern: /\[40[03]\] ([^\n│]*not currently available in the selected region[^\n│]*|[^\n│]*no availability for the selected plan[^\n│]*)/i,
    sentence: ([, said = '']) =>
      `Linode has no room for this in the region (${said.trim()}). Choose another type or region in the platform file, or run again later.`,
  },
]

/** The same failure in words that say what to do; failures of no known kind come back as they are. `folder` is where terraform ran. */
export function explained(error: unknown, folder: string): unknown {
  if (!(error instanceof ChildFailure)) return error
  // Terraform wraps its lines at a width and frames them.
  const text = error.stderr.replace(/^[│╷╵ ]+/gm, '')
  for (const { pattern, sentence } of explanations) {
    const match = pattern.exec(text)
    if (match !== null) return new CommandFailure(sentence(match, folder), exitCodes.partial)
  }
  return error
}
