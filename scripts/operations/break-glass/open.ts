import { join } from 'node:path'
import { CoreV1Api } from '@kubernetes/client-node'
import { cache } from '../../../fixtures/sandbox/paths.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import { writePrivately } from '../access/kubeconfig.ts'
import { breakGlassProfile } from '../access/profiles.ts'
import { noteAccess } from '../access/records.ts'
import type { AccessSession } from '../access/session.ts'
import { secretNamed } from '../secrets/inventory.ts'
import { openWithIdentity } from '../secrets/opened.ts'
import { openedNote } from './history.ts'
import { breakGlassRequest, dossiers, mayOpen, sreNamed } from './request.ts'

/** How long break-glass may stay open before it is a finding (docs/platform/access.md). Hours. */
export const openAtMostHours = 4

/** The secret of the store that holds the administrator's kubeconfig. */
export const adminKubeconfig = secretNamed('platform', 'admin-kubeconfig')

export interface Opened { id: string, approvers: string[], kubeconfig: string, closeBefore: string }

export function breakGlassPlace(target: string, id: string): string {
  return join(cache, 'access', target, `break-glass-${id}.kubeconfig`)
}

/** Whether somebody may open a request now; rejects with the reason when not. Takes nothing out. */
export async function checkBreakGlass(session: AccessSession, { id, as }: { id: string, as: string }): Promise<string[]> {
  const opener = await sreNamed(session, as)
  return mayOpen(await breakGlassRequest(session, id), { world: session, opener: opener.name, now: new Date() })
}

/** Decrypts the administrator's kubeconfig into a file, once two others approved. The use is recorded before anything is written. */
export async function openBreakGlass(session: AccessSession, { id, as, output }: { id: string, as: string, output?: string | undefined }): Promise<Opened> {
  const opener = await sreNamed(session, as)
  const dossier = await breakGlassRequest(session, id)
  const approvers = mayOpen(dossier, { world: session, opener: opener.name, now: new Date() })
  const { store } = await openWithIdentity(session)
  const kept = await store.current(adminKubeconfig.namespace, adminKubeconfig.name)
  if (kept?.['kubeconfig'] === undefined) {
    throw new CommandFailure(`The secrets store holds no administrator's kubeconfig (platform/admin-kubeconfig): \`npx plumbline secrets bootstrap\` puts it there.`, exitCodes.usage)
  }
  const closeBefore = new Date(Date.now() + openAtMostHours * 3_600_000).toISOString()
  await dossiers(session).note(id, openedNote, { details: { approvers, closeBefore }, by: opener })
  await noteAccess({ action: 'break-glass-opened', by: opener.name, person: opener.name, profile: breakGlassProfile, environment: null, expiresAt: closeBefore, request: id, reason: dossier.request.reason }, session.records)
  await raise(session, `${opener.name} took out the administrator's kubeconfig for the request ${id}, approved by ${approvers.join(' and ')}: ${dossier.request.reason}`)
  return { id, approvers, closeBefore, kubeconfig: await writePrivately(output ?? breakGlassPlace(session.target, id), kept['kubeconfig']) }
}

/** An event in the system environment, for whoever watches the cluster. Break-glass is for when things are broken: without it the work goes on. */
async function raise({ cluster, outputs }: AccessSession, note: string): Promise<void> {
  const namespace = outputs.environments['system']?.namespace ?? 'system'
  const now = new Date()
  await cluster.makeApiClient(CoreV1Api).createNamespacedEvent({
    namespace,
    body: {
      metadata: { generateName: 'break-glass-', namespace },
      involvedObject: { apiVersion: 'v1', kind: 'Namespace', name: namespace, namespace },
      type: 'Warning', reason: 'BreakGlassOpened', message: note, source: { component: 'plumbline-access' }, firstTimestamp: now, lastTimestamp: now, count: 1,
    },
  }).catch(() => undefined)
}
