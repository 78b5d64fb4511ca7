import { request, type RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { z } from 'zod'
import type { Holder } from '../../intent/access.ts'
import { budgets } from '../budgets.ts'
import { deadline } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'
import { accessVerdict, type AccessAttempt } from '../verdict.ts'
import { kubeConfigFrom, serverOf, statusIn } from './kubernetes.ts'
import type { Platform } from './platform.ts'

/** What the API server answered somebody, as text. */
export interface HolderAnswer {
  attempt: AccessAttempt
  text: string
}

/** Leaves the content of objects on the server: names, labels and owners alone are sent. */
export const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'

/** The administrator whose kubeconfig the Terraform outputs hold: who runs the platform reads Helm's records, and may act as anybody else. */
export function administrator({ outputs }: Pick<Platform, 'outputs'>): KubeConfig {
  return kubeConfigFrom(Buffer.from(outputs.kubeconfig, 'base64').toString('utf8'))
}

const stateSchema = z.object({ outputs: z.object({ kubeconfig: z.object({ value: z.base64() }) }) })

/** Has the rest of the run use the administrator's credentials that the newest state holds: those before them were made anew. */
export async function takeUpAdministrator({ outputs, state }: Pick<Platform, 'outputs' | 'state'>): Promise<KubeConfig> {
  outputs.kubeconfig = stateSchema.parse(JSON.parse(await state.text(outputs.state.key))).outputs.kubeconfig.value
  return administrator({ outputs })
}

/**
 * Reads a path of the API server as the holder of a profile: the administrator's credentials, with the holder's name and groups in their
 * place (impersonation), so that the live authorizer judges a real request. A refusal is a finding; no answer rejects with IndeterminateError.
 */
export async function readAs(platform: Pick<Platform, 'outputs'>, holder: Pick<Holder, 'name' | 'user' | 'groups'>, { path, accept }: { path: string, accept?: string }): Promise<HolderAnswer> {
  const groups = holder.groups.filter((group) => group !== 'system:authenticated')
  return await readPath(administrator(platform), `${holder.name} get ${path}`, { path, headers: { accept: accept ?? 'application/json', 'impersonate-user': holder.user, 'impersonate-group': [...groups, 'system:authenticated'] } })
}

/** Reads a path as the platform's administrator; anything but a success rejects with IndeterminateError. */
export async function readAsAdministrator(platform: Pick<Platform, 'outputs'>, path: string): Promise<string> {
  const { attempt, text } = await readPath(administrator(platform), `the administrator get ${path}`, { path, headers: { accept: 'application/json' } })
  if (attempt.verdict === 'allowed') return text
  throw new IndeterminateError(`expected the administrator of the outputs to read ${path}, but the answer was ${attempt.status} (${attempt.message}); run "plumbline provision"`)
}

/** Reads a path with whatever credentials; a refusal is a finding, no answer rejects with IndeterminateError. */
export async function readWith(config: KubeConfig, who: string, path: string): Promise<AccessAttempt> {
  return (await readPath(config, `${who} get ${path}`, { path, headers: { accept: 'application/json' } })).attempt
}

async function readPath(config: KubeConfig, what: string, { path, headers }: { path: string, headers: Record<string, string | string[]> }): Promise<HolderAnswer> {
  const options: RequestOptions = { method: 'GET', headers, signal: deadline(budgets.apiRequest) }
  await config.applyToHTTPSOptions(options)
  try {
    const { status, text } = await exchange(new URL(path, serverOf(config)), options)
    const { reason, message = text.split('\n')[0] ?? '' } = statusIn(text)
    return { attempt: { what, verdict: accessVerdict({ status, reason }), status, message: status < 300 ? 'OK' : message }, text }
  }
  catch (error) {
    throw new IndeterminateError(`expected an answer to "${what}", but there was none (${sentenceOf(error)}); see "plumbline status" for the state of the cluster`)
  }
}

async function exchange(url: URL, options: RequestOptions): Promise<{ status: number, text: string }> {
  return await new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
    })
    sent.on('error', reject)
    sent.end()
  })
}
