import { exitCodes } from '../../reports/model/verdict.ts'
import { defineVerb } from '../console/verb.ts'

export const waivers = defineVerb({
  name: 'waivers',
  description: 'List what is waived of the policies: owner, approver, reason, ticket, last day. Exit code 1 when one has expired or names a rule that is not there.',
  args: {
    waivers: { type: 'string', valueHint: 'FILE', description: 'Another list than policies/waivers.yaml.' },
  },
  run: async ({ console, args }) => {
    const { loadWaivers, standingOf } = await import('../operations/policies/waivers.ts')
    const { readRules } = await import('../operations/policies/rules.ts')
    const [list, rules] = await Promise.all([loadWaivers(args.waivers), readRules()])
    const now = new Date()
    const rows = list.map((waiver) => ({ ...waiver, standing: standingOf(waiver, now), known: rules.some(({ id }) => id === waiver.rule) }))
    for (const { rule, subject, owner, approver, reason, ticket, from, expires, standing, known } of rows) {
      console.line(`${rule}: ${subject}${known ? '' : ' (there is no such rule)'}`)
      console.line(`    ${standing}, ${from} to ${expires}; ${ticket}, asked for by ${owner}, approved by ${approver}: ${reason}`)
    }
    if (rows.length === 0) console.line('Nothing is waived.')
    console.document(rows)
    return rows.some(({ standing, known }) => standing === 'expired' || !known) ? exitCodes.violated : exitCodes.conformant
  },
})
