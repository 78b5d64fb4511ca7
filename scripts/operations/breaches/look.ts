import { join } from 'node:path'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { silent } from '../../../fixtures/sandbox/progress.ts'
import type { Results } from '../../../reports/model/results.ts'
import { conform } from '../conformance/conform.ts'
import type { ConformOptions } from '../conformance/conform.ts'
import type { Scope } from './scope.ts'

/** Breaches are judged by evidence of their own, beside and never among the runs that say how the platform is. */
const reports = join(paths.work, 'breach-reports')

/** Lets the cases of a scope look at the platform as it is, with probes of their own when none are given. */
export async function look({ cases, profile }: Scope, { signal, standing, guides }: { signal: AbortSignal, standing?: ConformOptions['standing'] | undefined, guides?: ConformOptions['guides'] }): Promise<Results> {
  const { results } = await conform({ target: 'sandbox', profile, only: cases, skip: [], report: silent, signal, reports, ...(standing === undefined ? {} : { standing }), ...(guides === undefined ? {} : { guides }) })
  return results
}
