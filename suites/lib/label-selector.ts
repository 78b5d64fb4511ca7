import { z } from 'zod'

const labelsSchema = z.record(z.string(), z.string())
export type Labels = z.infer<typeof labelsSchema>

const requirementSchema = z.discriminatedUnion('operator', [
  z.strictObject({ key: z.string().min(1), operator: z.enum(['In', 'NotIn']), values: z.array(z.string()).min(1) }),
  z.strictObject({ key: z.string().min(1), operator: z.enum(['Exists', 'DoesNotExist']), values: z.array(z.string()).length(0).optional() }),
])

/** A label selector of Kubernetes, whatever it selects; an empty one selects everything. */
export const selectorSchema = z.strictObject({
  matchLabels: labelsSchema.nullish().transform((labels) => labels ?? {}),
  matchExpressions: z.array(requirementSchema).nullish().transform((all) => all ?? []),
})
export type Selector = z.infer<typeof selectorSchema>

/** Whether a selector selects what carries these labels: every label and every expression must hold. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
    && matchExpressions.every((expression) => {
      const value = labels[expression.key]
      switch (expression.operator) {
        case 'In': return value !== undefined && expression.values.includes(value)
        // Also of something without the label.
        case 'NotIn': return value === undefined || !expression.values.includes(value)
        case 'Exists': return value !== undefined
        case 'DoesNotExist': return value === undefined
      }
    })
}
