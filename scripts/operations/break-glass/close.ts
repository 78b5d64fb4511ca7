import { rm } from 'node:fs/promises'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'
import { breakGlassProfile } from '../access/profiles.ts'
import { noteAccess } from '../access/records.ts'
import type { Refusal } from '../access/records.ts'
import { asking, refusalWithin, untilUnauthorized } from '../access/refused.ts'
import type { Answer } from '../access/refused.ts'
import type { AccessSession } from '../access/session.ts'
import { kubeconfigOf } from '../pipeline/outputs.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { alone } from '../pipeline/run-lock.ts'
import { terraform } from '../pipeline/terraform.ts'
import { terraformVariables } from '../pipeline/terraform-variables.ts'
import { openWithIdentity } from '../secrets/opened.ts'
import { closedNote, openedNote } from './history.ts'
import { adminKubeconfig, breakGlassPlace } from './open.ts'
import { regenerate } from './regenerate.ts'
import { breakGlassRequest, dossiers, sreNamed } from './request.ts'

export interface Closed {
  id: string
  /** What the old kubeconfig was answered before: the control. */
  before: Answer
  refusal: Refusal
  /** What the new one is answered. */
  now: Answer
}

const nodes = '/api/v1/nodes?limit=1'

/**
 * Ends a break-glass: the cluster gets new credentials, the old ones are shown to be refused, the new ones are kept encrypted and in the
 * Terraform outputs. May be done again at any point. Rejects (exit code 5) when the old kubeconfig still works.
 */
export async function closeBreakGlass(session: AccessSession, { id, as, signal }: { id: string, as: string, signal?: AbortSignal }): Promise<Closed> {
  const closer = await sreNamed(session, as)
  const dossier = await breakGlassRequest(session, id)
  if (!dossier.notes.some(({ what }) => what === openedNote)) throw new UsageFailure(`The request ${id} was never opened: there is nothing to close.`)
  const closed = dossier.notes.find(({ what }) => what === closedNote)
  if (closed !== undefined) throw new UsageFailure(`The request ${id} was closed by ${closed.by} at ${closed.at} already.`)
  return alone(session.installation.folder, async () => {
    const old = kubeconfigOf(session.outputs)
    const ask = asking(old, nodes)
    const before = await ask()
    await regenerate(session, old, signal)
    const outputs = await refreshed(session, signal)
    await keep(session, outputs)
    const { refusal, last } = await refusalWithin(ask, [401, 403], untilUnauthorized)
    const now = await asking(kubeconfigOf(outputs), nodes)()
    if (refusal === undefined) {
      throw new CommandFailure(`The administrator's kubeconfig that was taken out for ${id} still works: expected 401 within ${untilUnauthorized / 1000} s of its regeneration, but the API server answered ${last.status} (${last.message}). Regenerate it in the Cloud Manager, then run this command again.`, exitCodes.integrity)
    }
    if (now.status !== 200) {
      throw new CommandFailure(`The new administrator's kubeconfig is refused: expected 200, but the API server answered ${now.status} (${now.message}). Run \`npx plumbline provision\`, which reads it anew.`, exitCodes.integrity)
    }
    await dossiers(session).note(id, closedNote, { details: { before, refusal }, by: closer })
    await noteAccess({ action: 'break-glass-closed', by: closer.name, person: dossier.request.author, profile: breakGlassProfile, environment: null, expiresAt: null, request: id, refusals: [refusal] }, session.records)
    await rm(breakGlassPlace(session.target, id), { force: true })
    return { id, before, refusal, now }
  })
}

/** Everything that needs the cluster reads the Terraform outputs, so these learn of the new credentials at once. */
async function refreshed({ installation, platform }: AccessSession, signal: AbortSignal | undefined): Promise<Outputs> {
  const workspace = terraform(installation, signal)
  await workspace.prepare(terraformVariables(platform))
  await workspace.init(platform.state.bucket)
  await workspace.refresh()
  return workspace.outputs()
}

async function keep(session: AccessSession, outputs: Outputs): Promise<void> {
  const { store, known } = await openWithIdentity(session)
  const { version } = await store.put(adminKubeconfig, { kubeconfig: kubeconfigOf(outputs) }, 0)
  const older = known.filter(({ namespace, name, retiredAt }) => namespace === adminKubeconfig.namespace && name === adminKubeconfig.name && retiredAt === null)
  for (const one of older) if (one.version < version) await store.retire(one)
}
