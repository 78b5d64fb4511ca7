import { exitCodes } from '../../reports/model/verdict.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

const target = { type: 'enum', options: ['sandbox', 'lke'] as ('sandbox' | 'lke')[], default: 'sandbox', description: 'Which platform.' } as const
const platform = { type: 'string', valueHint: 'FILE', description: 'Another platform file than terraform/platform.yaml.' } as const

async function placeOf(args: { target: string, platform?: string | undefined }) {
  const { openState } = await import('../operations/state/session.ts')
  return openState({ target: oneOf(args.target, ['sandbox', 'lke']), platformFile: args.platform })
}

export const stateVersions = defineVerb({
  name: 'state versions',
  description: 'List the kept versions of the Terraform state, newest first: version, time, size, serial, resources and lineage, or why it is no state.',
  args: { most: { type: 'string', valueHint: 'COUNT', default: '30', description: 'How many at most.' }, target, platform },
  run: async ({ console, args }) => {
    const most = Number(args.most)
    if (!Number.isInteger(most) || most < 1) throw new UsageFailure(`--most was ${JSON.stringify(args.most)}: expected a whole number above 0.`)
    const { keptVersions } = await import('../operations/state/session.ts')
    const versions = await keptVersions(await placeOf(args), most)
    for (const { version, at, bytes, newest, state, damaged } of versions) {
      const what = state === undefined ? `damaged: ${damaged ?? ''}` : `serial ${String(state.serial)}, ${String(state.resources)} resources, lineage ${state.lineage}`
      console.line(`${version}  ${at}  ${String(bytes)} bytes  ${what}${newest ? '  (newest)' : ''}`)
    }
    if (versions.length === 0) console.line('No version of the state is kept: nothing was provisioned yet. `npx plumbline provision` makes the platform.')
    console.document(versions)
    return exitCodes.conformant
  },
})

export const stateRestore = defineVerb({
  name: 'state restore',
  description: 'Make a kept version of the Terraform state the newest one again, byte for byte. Refused when it is no state, or somebody holds the lock; no version is lost.',
  args: { version: { type: 'positional', required: true, description: 'A version that `npx plumbline state versions` lists' }, target, platform },
  run: async ({ console, args }) => {
    const { restoreVersion } = await import('../operations/state/session.ts')
    const { state } = await restoreVersion(await placeOf(args), args.version)
    console.line(`The newest state is again serial ${String(state.serial)} with ${String(state.resources)} resources, lineage ${state.lineage}.`)
    console.note('What was made or changed after it shows in: npx plumbline provision --plan-only')
    console.document({ version: args.version, ...state })
    return exitCodes.conformant
  },
})

export const stateUnlock = defineVerb({
  name: 'state unlock',
  description: 'Give back a lock of the Terraform state whose holder is gone. Never for a holder that may be alive: two applies on one state lose one of them.',
  args: { id: { type: 'positional', required: true, description: 'The id that the refused run named' }, target, platform },
  run: async ({ console, args }) => {
    const { unlock } = await import('../operations/state/session.ts')
    const { who, created } = await unlock(await placeOf(args), args.id)
    console.line(`The lock ${args.id}, of ${who} since ${created}, is given back.`)
    console.document({ id: args.id, who, created })
    return exitCodes.conformant
  },
})
