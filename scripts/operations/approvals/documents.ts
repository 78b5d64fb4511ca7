import { z } from 'zod'

/** What can be asked for. `segmentation`: a change of network policies or firewall rules by the pipeline. */
export const requestKinds = ['segmentation', 'override', 'break-glass'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestType = 'application/vnd.plumbline.request+json'
export const approvalType = 'application/vnd.plumbline.approval+json'
export const noteType = 'application/vnd.plumbline.note+json'

/** What somebody asks others to approve; signed by its author. */
export const requestSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  /** ULID; the reference that is written onto what it allows. */
  id: z.string(),
  kind: z.enum(requestKinds),
  author: z.string(),
  createdAt: z.iso.datetime(),
  /** Approvals given or used later do not count. */
  expiresAt: z.iso.datetime(),
  /** Why, in the author's words. */
  reason: z.string().min(1),
  /** SHA-256 of exactly what is to be done: approving something else is not approving this. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** The same for people, one line each. */
  description: z.array(z.string()),
  /** The same for machines; the kind says in which shape. */
  details: z.unknown(),
})
export type Request = z.infer<typeof requestSchema>

/** Somebody else's yes; signed by the approver. */
export const approvalSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  request: z.string(),
  /** Repeated, so that an approval cannot be carried to another request. */
  digest: z.string(),
  approver: z.string(),
  approvedAt: z.iso.datetime(),
})
export type Approval = z.infer<typeof approvalSchema>

/** What happened to a request afterwards: applied, expired, withdrawn, used. */
export const noteSchema = z.strictObject({
  schemaVersion: z.literal('1.0.0'),
  request: z.string(),
  what: z.string().regex(/^[a-z-]+$/),
  by: z.string(),
  at: z.iso.datetime(),
  details: z.unknown(),
})
export type Note = z.infer<typeof noteSchema>

/** A request with everything that is known of it; every signature in it was checked. */
export interface Dossier { request: Request, approvals: Approval[], notes: Note[] }
