import { z } from 'zod'

const planSchema = z.object({
  resource_changes: z.array(z.object({ address: z.string(), mode: z.string(), type: z.string().default(''), change: z.object({ actions: z.array(z.string()), after: z.looseObject({ label: z.string().nullish().catch(undefined) }).nullish() }) })).default([]),
})

export const changeActions = ['create', 'update', 'replace', 'delete'] as const
export type ChangeAction = (typeof changeActions)[number]

/** What a plan would do, without any value: addresses and actions are not secret. */
export interface PlanSummary {
  counts: Record<ChangeAction, number>
  changes: { address: string, action: ChangeAction }[]
  /** Of what is made: type, and the label by which Linode's objects are known, when it has one. */
  makes: { address: string, type: string, label: string | undefined }[]
}

const signs: Record<ChangeAction, string> = { create: '+', update: '~', replace: '±', delete: '-' }

/** Reads what `terraform show -json PLAN` printed. */
export function summarise(planJson: string): PlanSummary {
  const { resource_changes: found } = planSchema.parse(JSON.parse(planJson))
  const changes = found.flatMap(({ address, mode, change }) => {
    const action = mode === 'managed' ? actionOf(change.actions) : undefined
    return action === undefined ? [] : [{ address, action }]
  })
  const makes = found.filter(({ mode, change }) => mode === 'managed' && change.actions.includes('create'))
    .map(({ address, type, change }) => ({ address, type, label: change.after?.label ?? undefined }))
  const count = (action: ChangeAction) => changes.filter((change) => change.action === action).length
  return { changes, makes, counts: { create: count('create'), update: count('update'), replace: count('replace'), delete: count('delete') } }
}

function actionOf(actions: readonly string[]): ChangeAction | undefined {
  if (actions.includes('create') && actions.includes('delete')) return 'replace'
  return changeActions.find((action) => actions.includes(action))
}

/** One line with the numbers, then one per change, what destroys first. */
export function describePlan({ counts, changes }: PlanSummary): string[] {
  if (changes.length === 0) return ['No changes: the infrastructure is as the file says.']
  const order: ChangeAction[] = ['delete', 'replace', 'update', 'create']
  return [
    `${counts.create} to create, ${counts.update} to update, ${counts.replace} to replace, ${counts.delete} to delete`,
    ...order.flatMap((action) => changes.filter((change) => change.action === action).map(({ address }) => `${signs[action]} ${address}`)),
  ]
}
