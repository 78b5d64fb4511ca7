import type { RequirementResult, Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { statementId } from './controls.ts'
import { fileNames, metadataOf, prop, some } from './document.ts'
import { uuidOf } from './identity.ts'
import { line, markup, token } from './text.ts'
import type { Catalog, Control } from './types.ts'

const groups = [
  ['story', 'User stories and their scenarios'],
  ['functional', 'Functional requirements'],
  ['non-functional', 'Non-functional requirements'],
  ['success', 'Success criteria'],
] as const

/** Every requirement of the run's catalogue as a control, by kind; scenarios are controls of their story. Its wording is the specification's. */
export function catalogOf(results: Results): Catalog {
  const { requirements } = results
  return {
    uuid: uuidOf(results, 'document', fileNames.catalog),
    metadata: metadataOf(results, 'Requirements of the platform'),
    ...some('groups', groups.flatMap(([kind, title]) => {
      const own = requirements.filter((one) => one.kind === kind)
      const { controls } = some('controls', own.filter((one) => storyOf(one, own) === undefined).map((one) => controlOf(one, own, requirements)))
      return controls === undefined ? [] : [{ id: `group_${kind}`, class: kind, title, controls }]
    })),
  }
}

export function renderCatalog(results: Results): string {
  return canonicalJson({ catalog: catalogOf(results) })
}

/** The story that a scenario belongs to. */
function storyOf({ id, kind }: RequirementResult, requirements: readonly RequirementResult[]): RequirementResult | undefined {
  return kind === 'story' ? requirements.find((one) => id.startsWith(`${one.id}.`)) : undefined
}

function controlOf(one: RequirementResult, own: readonly RequirementResult[], all: readonly RequirementResult[]): Control {
  const scenarios = own.filter((other) => storyOf(other, own)?.id === one.id)
  const stories = one.stories.filter((id) => id !== one.id && storyOf(one, own)?.id !== id && all.some((other) => other.id === id))
  return {
    id: token(one.id),
    class: one.kind,
    title: markup(one.title),
    props: [{ name: 'label', value: line(one.id) }, prop('requirement', one.id), prop('kind', one.kind)],
    ...some('links', [...new Set(stories)].map((id) => ({ href: `#${token(id)}`, rel: 'related' }))),
    parts: [{ id: statementId(one.id), name: 'statement', prose: markup(one.title) }],
    ...some('controls', scenarios.map((other) => controlOf(other, own, all))),
  }
}
