import type { RequirementResult, Results } from '../../model/results.ts'
import { fileNames, some, toResource } from './document.ts'
import { markup, token } from './text.ts'
import type { ReviewedControls } from './types.ts'

/** Id of the statement of a requirement, which is what a finding is about. */
export function statementId(requirement: string): string {
  return `${token(requirement)}_smt`
}

/** A requirement and, of a story, its scenarios: its verdict rests on the cases of all of them. */
export function familyOf({ id, kind }: Pick<RequirementResult, 'id' | 'kind'>, requirements: Results['requirements']): readonly RequirementResult[] {
  return requirements.filter((one) => one.id === id || (kind === 'story' && one.id.startsWith(`${id}.`)))
}

/** The requirements of which `reviewed` is true, and by name those of which it is not. */
export function reviewedControls(results: Results, reviewed: (one: RequirementResult) => boolean, remarks: string): ReviewedControls {
  const selected = (one: RequirementResult) => ({ 'control-id': token(one.id), 'statement-ids': [statementId(one.id)] as const })
  const included = results.requirements.filter(reviewed)
  return {
    'control-selections': [{
      ...(included.length === 0 ? { 'include-all': {} } : some('include-controls', included.map(selected))),
      ...some('exclude-controls', results.requirements.filter((one) => !reviewed(one)).map(({ id }) => ({ 'control-id': token(id) }))),
      'remarks': markup(remarks),
    }],
    'links': [toResource(results, fileNames.catalog)],
  }
}
