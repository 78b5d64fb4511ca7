import { z } from 'zod'
import { differingPaths, pathText } from './differing-paths.ts'
import { isOwnDoing } from './own-doing.ts'

const changeSchema = z.object({ actions: z.array(z.string()), before: z.unknown(), after: z.unknown(), after_unknown: z.unknown() })
type Change = z.infer<typeof changeSchema>
const resourceSchema = z.object({ address: z.string(), mode: z.string(), type: z.string(), change: changeSchema })

const stateResourceSchema = z.object({ address: z.string(), mode: z.string(), type: z.string(), values: z.record(z.string(), z.unknown()).default({}) })
interface Module { resources?: z.infer<typeof stateResourceSchema>[] | undefined, child_modules?: Module[] | undefined }
const moduleSchema: z.ZodType<Module> = z.lazy(() => z.object({ resources: z.array(stateResourceSchema).optional(), child_modules: z.array(moduleSchema).optional() }))

const planSchema = z.object({
  resource_changes: z.array(resourceSchema).default([]),
  resource_drift: z.array(resourceSchema).default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
  prior_state: z.object({ values: z.object({ root_module: moduleSchema }).optional() }).optional(),
})

/** A resource of the state as it is on Linode now. `values` may hold secrets. */
export interface ManagedResource { address: string, type: string, values: Record<string, unknown> }

/** What is not as the state and the checkout say. Attributes are names, never values. */
export interface PlannedChange {
  address: string
  type: string
  /** Linode's id; undefined for what was never made. */
  id: string | undefined
  how: 'deleted' | 'never made' | 'changed' | 'no longer described' | 'changed, and not set by the checkout'
  attributes: string[]
}

export interface PlanReading {
  managed: ManagedResource[]
  changes: PlannedChange[]
  /** Names of outputs that the state does not have as the checkout would. */
  outputs: string[]
}

/** Whether people can set an attribute; the others are Linode's own (states, times, addresses), and change by themselves. */
export type Settable = (type: string, path: readonly (string | number)[]) => boolean

/** Reads what `terraform show -json PLAN` printed of a plan that looked at everything on Linode. */
export function readPlan(planJson: string, settable: Settable): PlanReading {
  const plan = planSchema.parse(JSON.parse(planJson))
  const drifted = new Map(managedOnly(plan.resource_drift).map((one) => [one.address, one]))
  const planned = managedOnly(plan.resource_changes).flatMap((one) => changeOf(one, drifted.get(one.address)))
  const found = new Set(planned.map(({ address }) => address))
  const managed = resourcesOf(plan.prior_state?.values?.root_module)
  const unset = [...drifted.values()].filter(({ address }) => !found.has(address)).flatMap((one) => unsetChange(one, (type, path) => settable(type, path) && !isOwnDoing({ type, path, after: one.change.after }, managed)))
  const outputs = Object.entries(plan.output_changes).filter(([, { actions }]) => !actions.every((action) => action === 'no-op')).map(([name]) => name)
  return { managed, changes: [...planned, ...unset], outputs }
}

/** Whether the plan tells of changes that the checkout would not put back: only then it matters which attributes people can set. */
export function tellsOfUnset(planJson: string): boolean {
  return readPlan(planJson, () => true).changes.some(({ how }) => how === 'changed, and not set by the checkout')
}

type Resource = z.infer<typeof resourceSchema>

function managedOnly(resources: readonly Resource[]): Resource[] {
  return resources.filter(({ mode }) => mode === 'managed')
}

function changeOf({ address, type, change }: Resource, drift: Resource | undefined): PlannedChange[] {
  const { actions } = change
  if (actions.every((action) => action === 'no-op' || action === 'read')) return []
  if (actions.length === 1 && actions[0] === 'create') {
    const before = drift?.change.before
    return [{ address, type, id: idIn(before), how: before === undefined || before === null ? 'never made' : 'deleted', attributes: [] }]
  }
  if (actions.length === 1 && actions[0] === 'delete') return [{ address, type, id: idIn(change.before), how: 'no longer described', attributes: [] }]
  const attributes = attributesOf(change).map(pathText)
  // Only what another object will be after an apply is different: nothing is wrong with this one.
  return attributes.length === 0 ? [] : [{ address, type, id: idIn(change.before), how: 'changed', attributes }]
}

function unsetChange({ address, type, change }: Resource, settable: Settable): PlannedChange[] {
  const attributes = attributesOf(change).filter((path) => settable(type, path)).map(pathText)
  return attributes.length === 0 ? [] : [{ address, type, id: idIn(change.before), how: 'changed, and not set by the checkout', attributes }]
}

function attributesOf({ before, after, after_unknown: unknown }: Change): (string | number)[][] {
  return differingPaths(before, after, unknown)
}

function idIn(values: unknown): string | undefined {
  return typeof values === 'object' && values !== null && 'id' in values && (typeof values.id === 'string' || typeof values.id === 'number') ? String(values.id) : undefined
}

function resourcesOf(module: Module | undefined): ManagedResource[] {
  if (module === undefined) return []
  const own = (module.resources ?? []).filter(({ mode }) => mode === 'managed').map(({ address, type, values }) => ({ address, type, values }))
  return [...own, ...(module.child_modules ?? []).flatMap(resourcesOf)]
}

interface Block { attributes?: Record<string, { optional?: boolean | undefined, required?: boolean | undefined }> | undefined, block_types?: Record<string, { block: Block }> | undefined }
const blockSchema: z.ZodType<Block> = z.lazy(() => z.object({
  attributes: z.record(z.string(), z.object({ optional: z.boolean().optional(), required: z.boolean().optional() })).optional(),
  block_types: z.record(z.string(), z.object({ block: blockSchema })).optional(),
}))
const schemasSchema = z.object({ provider_schemas: z.record(z.string(), z.object({ resource_schemas: z.record(z.string(), z.object({ block: blockSchema })).default({}) })) })

/** Reads what `terraform providers schema -json` printed. */
export function settableBy(schemaJson: string): Settable {
  const { provider_schemas: providers } = schemasSchema.parse(JSON.parse(schemaJson))
  const blocks = new Map(Object.values(providers).flatMap(({ resource_schemas: resources }) => Object.entries(resources).map(([type, { block }]) => [type, block] as const)))
  const settable = (block: Block | undefined, [first, ...rest]: readonly (string | number)[]): boolean => {
    if (block === undefined || first === undefined) return true
    if (typeof first === 'number') return settable(block, rest)
    const attribute = block.attributes?.[first]
    if (attribute !== undefined) return attribute.optional === true || attribute.required === true
    return settable(block.block_types?.[first]?.block, rest)
  }
  return (type, path) => settable(blocks.get(type), path)
}
