import type { DriftFinding } from '../../../suites/lib/drift.ts'
import { linodeKinds, poolKind } from './linode-kinds.ts'
import type { OwnerOf } from './linode-events.ts'
import { reconcile } from './layer.ts'
import type { Look } from './layer.ts'
import type { PlannedChange, PlanReading } from './plan.ts'

/** What the plan says about the platform on Linode, as findings. */
export function terraformLook({ managed, changes, outputs }: PlanReading, ownerOf: OwnerOf): Look {
  const findings = changes.map((change) => findingOf(change, ownerOf))
  // Outputs follow the resources: alone they say that the checkout describes others than were applied.
  const alone = findings.length > 0 ? [] : outputs.map((name): Look['findings'][number] => ({
    kind: 'output', name, how: 'changed', detail: 'not as the checkout describes it', owner: 'unknown', remedy: reconcile,
  }))
  const gone = changes.filter(({ how }) => how === 'deleted' || how === 'never made').length
  return { compared: managed.length + gone, findings: [...findings, ...alone] }
}

const entities: Readonly<Record<string, string | undefined>> = Object.fromEntries([...linodeKinds, poolKind('')].flatMap(({ resource, entity }) => resource === undefined ? [] : [[resource, entity]]))

/** How each kind of change reads to people. */
const words: Readonly<Record<PlannedChange['how'], { how: DriftFinding['how'], detail: (attributes: string) => string, remedy: string }>> = {
  'deleted': { how: 'missing', detail: () => 'deleted on Linode, and still in the state', remedy: reconcile },
  'never made': { how: 'missing', detail: () => 'the checkout describes it, and it was never made', remedy: reconcile },
  'no longer described': { how: 'unmanaged', detail: () => 'in the state, and the checkout describes it no longer', remedy: reconcile },
  'changed': { how: 'changed', detail: (attributes) => attributes, remedy: reconcile },
  'changed, and not set by the checkout': {
    how: 'changed',
    detail: (attributes) => `${attributes}, which terraform/ does not set`,
    remedy: 'put it back where it was changed, since `npx plumbline provision` leaves what terraform/ does not set',
  },
}

function findingOf({ address, type, id, how, attributes }: PlannedChange, ownerOf: OwnerOf): Look['findings'][number] {
  const said = words[how]
  return { kind: type, name: address, how: said.how, detail: said.detail(attributes.join(', ')), owner: ownerOf(entities[type], id), remedy: said.remedy }
}
