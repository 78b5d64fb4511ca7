import { z } from 'zod'

/** How an ability of an identity compares with the intent. `held`: given directly and meant; `reached`: meant, through a step; `beyond` and `lacking` are faults. */
export const rightsStates = ['held', 'reached', 'beyond', 'lacking'] as const
export type RightsState = (typeof rightsStates)[number]

/** What every identity comes to by the live roles and bindings. An observation whose `data` fits `rightsSchema` is drawn. Pairs without a cell are not held and not meant. */
export const rightsSchema = z.strictObject({
  identities: z.array(z.strictObject({ name: z.string(), group: z.string() })),
  abilities: z.array(z.strictObject({ id: z.string(), title: z.string(), group: z.string() })),
  cells: z.array(z.strictObject({ identity: z.string(), ability: z.string(), state: z.enum(rightsStates), where: z.array(z.string()) })),
  /** What is not as meant, the shortest path first. `others` are identities of which the same is true. */
  findings: z.array(z.strictObject({ kind: z.enum(['too much', 'too little']), identity: z.string(), others: z.array(z.string()), sentence: z.string() })),
  /** What is meant to come with somebody's rights, and by which steps it does. */
  known: z.array(z.strictObject({ identity: z.string(), reaches: z.string(), sentence: z.string() })),
})
export type Rights = z.infer<typeof rightsSchema>
