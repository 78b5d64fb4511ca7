import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import type { Target } from '../pipeline/installation.ts'

/** How identities for attempts are had: by a program of the operator's, which takes the administrator's credentials from the state itself. */
export function attemptsFor(target: Target): NonNullable<SuiteRun['attempts']> {
  return { program: process.execPath, args: [join(repository, 'scripts/operations/conformance/run-attempts.ts'), target] }
}
