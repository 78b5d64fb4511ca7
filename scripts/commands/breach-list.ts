import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const breachList = defineVerb({
  name: 'breach list',
  description: 'List the ways in which the platform is broken on purpose, and the case that must notice each.',
  args: {},
  run: async ({ console }) => {
    const { loadBreaches } = await import('../operations/breaches/catalogue.ts')
    const breaches = await loadBreaches()
    for (const { id, requirement, title, expects, case: owner } of breaches) {
      console.line(`${id}  [${requirement}]`)
      console.line(`    ${title}: ${expects.verdict}, by ${owner}`)
    }
    console.document(breaches.map(({ id, requirement, title, case: owner }) => ({ id, requirement, case: owner, title })))
    return exitCodes.conformant
  },
})
