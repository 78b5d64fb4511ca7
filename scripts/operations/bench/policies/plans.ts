import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { policiesFolder } from '../../policies/rules.ts'

const changeSchema = z.looseObject({ actions: z.array(z.string()), after: z.unknown() })
const resourceSchema = z.looseObject({ address: z.string(), mode: z.string(), type: z.string(), change: changeSchema })
const planSchema = z.looseObject({ resource_changes: z.array(resourceSchema).min(1) })
type Plan = z.infer<typeof planSchema>

/** The plan of a whole platform, as Terraform made it: the shape that every size is made of. */
export async function recordedPlan(): Promise<Plan> {
  return planSchema.parse(JSON.parse(await readFile(join(policiesFolder, 'lib/examples/plan/data.json'), 'utf8')))
}

/**
 * A plan of as many resources as is said, always the same: the resources of the recorded one, over and over, each copy in a module of its own.
 * `planned_values` is there too, since some judges read nothing else.
 */
export function planOf(size: number, recorded: Plan): Plan {
  const resources = Array.from({ length: size }, (_, index) => {
    const copy = String(Math.floor(index / recorded.resource_changes.length)).padStart(5, '0')
    const resource = recorded.resource_changes[index % recorded.resource_changes.length]
    if (resource === undefined) throw new RangeError('expected a recorded plan with resources')
    return { name: 'this', provider_name: 'registry.terraform.io/linode/linode', ...resource, address: `module.copy_${copy}.${resource.address}` }
  })
  const values = resources.map(({ address, mode, type, change }) => ({ address, mode, type, name: 'this', provider_name: 'registry.terraform.io/linode/linode', schema_version: 0, values: change.after }))
  return { ...recorded, planned_values: { root_module: { resources: values } }, resource_changes: resources }
}
