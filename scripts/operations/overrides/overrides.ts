import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, UsageFailure } from '../../console/failure.ts'
import type { Dossier, Request } from '../approvals/documents.ts'
import { approversOf } from '../approvals/judge.ts'
import type { Approvals } from '../approvals/store.ts'
import type { Person } from '../people/people.ts'
import type { Signer } from '../people/signer.ts'
import { describe, digestOf } from './cells.ts'
import type { Override } from './cells.ts'
import type { OverridePolicies } from './cluster.ts'
import { policiesOf } from './policies.ts'
import { endOf, overrideIn, statusOf } from './status.ts'
import type { OverrideStatus } from './status.ts'

export interface OverridesWorld { store: Approvals, policies: OverridePolicies, people: readonly Person[], now?: () => Date }

/** A request waits this long for its approval. Minutes. */
const waitsFor = 24 * 60

/** Overrides of the segmentation: asked for by one person, approved by another, put in force at once, and over by themselves. */
export function overrides({ store, policies, people, now = () => new Date() }: OverridesWorld) {
  const known = async (id: string): Promise<Dossier> => {
    const dossier = await store.read(id)
    if (dossier.request.kind === 'override') return dossier
    throw new UsageFailure(`The request ${id} is about ${dossier.request.kind}, not an override: \`npx plumbline override list --all\` names the overrides.`)
  }

  return {
    request: async (override: Override, reason: string, author: Signer): Promise<Request> => {
      if (reason.trim() === '') throw new UsageFailure('--reason is empty: expected a sentence that tells the approver why.')
      return store.request({ kind: 'override', reason, digest: digestOf(override), description: describe(override), details: override, validForMinutes: waitsFor }, author)
    },

    /** Somebody else's yes, which opens the way. Said again after an apply that failed half-way, it completes it; the end stays the first one. */
    approve: async (id: string, approver: Signer): Promise<OverrideStatus> => {
      const asked = await known(id)
      refuseClosed(asked)
      const approved = asked.approvals.length > 0 ? asked : await store.approve(id, approver, 'approver')
      const override = overrideIn(approved)
      approversOf(approved, { digest: digestOf(override), approvals: 1, role: 'approver', people, now: now() })
      const end = endOf(approved, override)
      if (end === undefined || end <= now()) throw new UsageFailure(`The override ${id} ended at ${end?.toISOString() ?? 'an unknown time'}: ask for a new one.`)
      for (const policy of policiesOf(id, override, end)) await policies.make(policy)
      if (!approved.notes.some(({ what }) => what === 'applied')) await store.note(id, 'applied', { details: { expiresAt: end.toISOString() }, by: approver })
      return statusOf(approved, await policies.list(), now())
    },

    /** Ends an override before its time. Anybody of the installation may: closing is the safe side. */
    close: async (id: string, by: Signer): Promise<OverrideStatus> => {
      const dossier = await known(id)
      const standing = (await policies.list()).filter((one) => one.id === id)
      if (dossier.approvals.length > 0 && standing.length === 0) throw new UsageFailure(`The override ${id} is over already: nothing of it is in force. \`npx plumbline override list --all\` says since when.`)
      for (const one of standing) await policies.remove(one)
      const left = (await policies.list()).filter((one) => one.id === id)
      if (left.length > 0) throw new CommandFailure(`The override ${id} was expected to be closed, but ${left.map(({ namespace, name }) => `${namespace}/${name}`).join(' and ')} is still there: run the command again.`, exitCodes.integrity)
      const note = await store.note(id, 'closed', { details: { removed: standing.map(({ namespace, name }) => `${namespace}/${name}`) }, by })
      return statusOf({ ...dossier, notes: [...dossier.notes, note] }, left, now())
    },

    /** Newest last. Without `all`, those that are pending, open, or not as they should be. */
    list: async ({ all, untrusted }: { all: boolean, untrusted?: (id: string, why: string) => void }): Promise<OverrideStatus[]> => {
      const [dossiers, standing] = await Promise.all([store.list('override', untrusted), policies.list()])
      const rows = dossiers.map((dossier) => statusOf(dossier, standing, now()))
      return all ? rows : rows.filter(({ state }) => ['pending', 'active', 'incomplete', 'overdue'].includes(state))
    },
  }
}

function refuseClosed({ request: { id }, notes }: Dossier): void {
  const closed = notes.find(({ what }) => what === 'closed')
  if (closed !== undefined) throw new UsageFailure(`The override ${id} was closed by ${closed.by} at ${closed.at}: ask for a new one.`)
}
