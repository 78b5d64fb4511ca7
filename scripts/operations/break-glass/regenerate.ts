import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure, sentenceOf } from '../../console/failure.ts'
import type { AccessSession } from '../access/session.ts'

const answerSchema = z.object({ kubeconfig: z.string() })
const errorsSchema = z.object({ errors: z.array(z.object({ reason: z.string() })) })
/** LKE says "not yet available" for a while after its credentials were made anew. Milliseconds. */
const availableWithin = 120_000
const between = 2_000
const requestTimeout = 30_000

/** Has Linode make the cluster's kubeconfig and service token anew, and waits until it gives the new one. */
export async function regenerate({ installation: { terraformEnvironment }, outputs: { cluster } }: Pick<AccessSession, 'installation' | 'outputs'>, old: string, signal?: AbortSignal): Promise<void> {
  const url = `${terraformEnvironment['LINODE_URL'] ?? 'https://api.linode.com'}/v4/lke/clusters/${cluster.id}`
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number, body: unknown }> => {
    const limits = [AbortSignal.timeout(requestTimeout), ...signal === undefined ? [] : [signal]]
    const response = await fetch(`${url}${path}`, {
      method, headers: { authorization: `Bearer ${terraformEnvironment['LINODE_TOKEN'] ?? ''}`, 'content-type': 'application/json' }, signal: AbortSignal.any(limits), ...body === undefined ? {} : { body: JSON.stringify(body) },
    }).catch((error: unknown) => {
      throw new CommandFailure(`The Linode API did not answer ${method} ${path} of the cluster ${cluster.id}: ${sentenceOf(error)}. The break-glass is still open; run the command again.`, exitCodes.partial)
    })
    return { status: response.status, body: await response.json().catch(() => undefined) }
  }
  const asked = await ask('POST', '/regenerate', { kubeconfig: true, servicetoken: true })
  if (asked.status !== 200) throw new CommandFailure(`The Linode API did not make the credentials of the cluster ${cluster.id} anew: it answered ${asked.status} (${reasonIn(asked.body)}). The token needs the scope lke:read_write. The break-glass is still open; run the command again.`, exitCodes.partial)
  const end = performance.now() + availableWithin
  for (;;) {
    const { status, body } = await ask('GET', '/kubeconfig')
    const given = answerSchema.safeParse(body)
    if (status === 200 && given.success && Buffer.from(given.data.kubeconfig, 'base64').toString('utf8') !== old) return
    if (performance.now() > end) throw new CommandFailure(`Linode gives no new kubeconfig of the cluster ${cluster.id} after ${availableWithin / 1000} s: it answered ${status} (${reasonIn(body)}). The break-glass is still open; run the command again.`, exitCodes.partial)
    await delay(between, undefined, signal === undefined ? {} : { signal })
  }
}

function reasonIn(body: unknown): string {
  const parsed = errorsSchema.safeParse(body)
  return parsed.success ? parsed.data.errors.map(({ reason }) => reason).join('; ') : 'the old kubeconfig, or no reason'
}
