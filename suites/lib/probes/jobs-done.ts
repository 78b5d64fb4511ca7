import { z } from 'zod'
import { sayAsk } from '../../intent/escalation.ts'
import { jobsOf, type Job } from '../../intent/jobs.ts'
import { callsAtOnce } from '../platform/calls.ts'
import { metadataOnly } from '../platform/holders.ts'
import { pooled } from '../pool.ts'
import type { AccessAttempt } from '../verdict.ts'
import { pathOf } from './attempt-calls.ts'
import type { Actor, AttemptWorld } from './attempts-made.ts'

/** What an identity did of its job with its own token, or how the API server knows it. */
export interface JobDone { identity: string, attempt: AccessAttempt }

const selfSchema = z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) })

/** Has every identity with a token do its job, and ask who it is: a token that nobody knows is refused everything, which proves nothing. */
export async function doJobs(world: AttemptWorld): Promise<JobDone[]> {
  const actors = world.actors.filter(({ token }) => token !== undefined)
  const done = await pooled(actors, callsAtOnce / 4, async (actor) => [await known(world, actor), ...await Promise.all(jobsOf(actor.identity).map(async (job) => did(world, actor, job)))])
  return done.flat()
}

async function known({ call }: AttemptWorld, { identity, user, token }: Actor): Promise<JobDone> {
  const { status, message, verdict, body } = await call({
    method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', token, body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
  })
  const name = selfSchema.safeParse(body).data?.status.userInfo.username
  const itself = verdict !== 'allowed' || name === user
  return { identity: identity.name, attempt: { what: `${identity.name} is known as ${user}`, verdict: itself ? verdict : 'error', status, message: itself ? message : `known as ${name ?? 'nobody'}` } }
}

/** Lists one object, without what is in it. */
async function did({ call, served, run }: AttemptWorld, { identity, token }: Actor, { ask, namespace }: Job): Promise<JobDone> {
  const path = pathOf(ask, served, { subject: { mark: `job-${run}`, namespace }, dryRun: false })
  const { verdict, status, message } = await call({ method: 'GET', path, token, headers: { accept: metadataOnly } })
  return { identity: identity.name, attempt: { what: `${identity.name} ${sayAsk(ask)} in ${namespace ?? 'the cluster'}`, verdict, status, message } }
}
