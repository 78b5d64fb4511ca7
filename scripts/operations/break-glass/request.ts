import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../reports/sealing/canonical.ts'
import { UsageFailure } from '../../console/failure.ts'
import type { Dossier, Request } from '../approvals/documents.ts'
import { approversOf } from '../approvals/judge.ts'
import { approvals } from '../approvals/store.ts'
import type { Approvals } from '../approvals/store.ts'
import { noteAccess } from '../access/records.ts'
import type { AccessSession } from '../access/session.ts'
import { breakGlassProfile } from '../access/profiles.ts'
import { signerNamed } from '../people/signer.ts'
import type { Signer } from '../people/signer.ts'
import { closedNote, openedNote } from './history.ts'

/** How many other people must have said yes, and what they must be. */
export const approvalsNeeded = 2
const role = 'sre'
/** A request is for now: what is not opened within this time is asked for again. Minutes. */
const validForMinutes = 60

type World = Pick<AccessSession, 'installation' | 'records' | 'platform' | 'outputs' | 'target'>

export function dossiers({ installation: { people }, records: { client, audit } }: Pick<World, 'installation' | 'records'>): Approvals {
  return approvals({ client, audit, people })
}

/** Somebody with the role sre whose key is on this machine. Rejects with a UsageFailure otherwise. */
export async function sreNamed({ installation: { people } }: Pick<World, 'installation'>, name: string): Promise<Signer> {
  const signer = await signerNamed(people, name)
  if (signer.roles.includes(role)) return signer
  const who = people.filter(({ roles }) => roles.includes(role)).map((one) => one.name)
  throw new UsageFailure(`${name} is no platform SRE: break-glass is for the role ${role}, which ${who.join(', ') || 'nobody'} has${who.length === 1 ? '' : who.length === 0 ? '' : ' (any of them may ask, and two others approve)'}.`)
}

/** What is asked for: the administrator's kubeconfig of this cluster, and no other's. */
export function digestOf({ target, outputs: { cluster } }: Pick<World, 'target' | 'outputs'>): string {
  return `sha256:${createHash('sha256').update(canonicalJson({ breakGlass: 'admin-kubeconfig', target, cluster: cluster.id })).digest('hex')}`
}

export async function requestBreakGlass(world: World, { reason, as }: { reason: string, as: string }): Promise<Request> {
  const author = await sreNamed(world, as)
  const { cluster } = world.outputs
  const request = await dossiers(world).request({
    kind: 'break-glass', reason, digest: digestOf(world), validForMinutes,
    description: [`Take out the administrator's kubeconfig of the cluster ${cluster.label} (${cluster.id}) on ${world.target}.`],
    details: { target: world.target, cluster: cluster.id },
  }, author)
  await noteAccess({ action: 'break-glass-requested', by: author.name, person: author.name, profile: breakGlassProfile, environment: null, expiresAt: request.expiresAt, request: request.id, reason }, world.records)
  return request
}

/** Adds somebody's approval; resolves with everything that is known of the request. */
export async function approveBreakGlass(world: World, { id, as }: { id: string, as: string }): Promise<Dossier> {
  const approver = await signerNamed(world.installation.people, as)
  const { request } = await breakGlassRequest(world, id)
  const approved = await dossiers(world).approve(id, approver, role)
  await noteAccess({ action: 'break-glass-approved', by: approver.name, person: request.author, profile: breakGlassProfile, environment: null, expiresAt: request.expiresAt, request: id }, world.records)
  return approved
}

/** Rejects with a UsageFailure for an id that is none, or a request for something else. */
export async function breakGlassRequest(world: Pick<World, 'installation' | 'records'>, id: string): Promise<Dossier> {
  const dossier = await dossiers(world).read(id)
  if (dossier.request.kind === 'break-glass') return dossier
  throw new UsageFailure(`The request ${id} is for ${dossier.request.kind}, not for break-glass: nothing was done.`)
}

/** Throws the reason why a request may not be opened by somebody now; resolves with who approved it. */
export function mayOpen({ request, approvals: given, notes }: Dossier, { world, opener, now }: { world: Pick<World, 'installation' | 'target' | 'outputs'>, opener: string, now: Date }): string[] {
  if (request.author !== opener) throw new UsageFailure(`The request ${request.id} was made by ${request.author}, and only ${request.author} may open it: ${opener} makes one of their own.`)
  const closed = notes.find(({ what }) => what === closedNote)
  if (closed !== undefined) throw new UsageFailure(`The request ${request.id} was used and closed at ${closed.at}: make a new one.`)
  const opened = notes.find(({ what }) => what === openedNote)
  if (opened !== undefined) throw new UsageFailure(`The request ${request.id} was opened by ${opened.by} at ${opened.at} already: close it with \`npx plumbline access break-glass close ${request.id} --as ${opened.by}\`.`)
  return approversOf({ request, approvals: given, notes }, { digest: digestOf(world), approvals: approvalsNeeded, role, people: world.installation.people, now })
}
