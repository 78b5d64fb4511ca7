import { z } from 'zod'
import type { Redactor } from '../../reports/redaction/redactor.ts'
import { budgets } from './budgets.ts'
import { IndeterminateError } from './indeterminate.ts'
import { printedBy, type OperatorsProgram } from './operators-program.ts'

const secretsSchema = z.array(z.object({ name: z.string(), value: z.string() }))

/**
 * Has the rest of the run know what the store holds now, after a case has had a secret renewed: what it was told when it began is an older version. Before any
 * other name is given to a new value, so that the store's name is the one it is known by.
 */
export async function takeUpStored(offer: OperatorsProgram | undefined, redactor: Pick<Redactor, 'add'>): Promise<void> {
  if (offer === undefined) throw new IndeterminateError('expected to be told how the values of the store are read, but the run was not; run the suites with "plumbline conform"')
  const secrets = await printedBy(offer, { what: 'the values that the store holds', budget: budgets.storedValues, parse: (printed) => secretsSchema.parse(printed) })
  for (const secret of secrets) redactor.add(secret)
}
