import { CoreV1Api } from '@kubernetes/client-node'
import { verifier } from '../../intent/environments.ts'
import { bounded, kubeConfigFrom, reading } from './kubernetes.ts'
import type { PlatformOutputs } from './outputs.ts'

/** How long the verifier's token is good for, seconds: longer than any profile runs, and then it is nobody's. */
const tokenLifetime = 3600

/**
 * A token of the runner's own least-privilege account, asked for once with the credentials in the outputs; everything after that is done as
 * the verifier. Rejects with IndeterminateError when the API server does not answer or the account is missing.
 */
export async function verifierToken(outputs: PlatformOutputs, signal?: AbortSignal): Promise<string> {
  const admin = new CoreV1Api(bounded(kubeConfigFrom(Buffer.from(outputs.kubeconfig, 'base64').toString('utf8')), signal))
  const answer = await reading(`get a token of ${verifier.namespace}/${verifier.serviceAccount}`, admin.createNamespacedServiceAccountToken({
    namespace: verifier.namespace,
    name: verifier.serviceAccount,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [], expirationSeconds: tokenLifetime } },
  }))
  const token = answer.status?.token
  if (token === undefined || token === '') throw new Error(`Expected a token of ${verifier.namespace}/${verifier.serviceAccount}, but the answer held none; read the account's events.`)
  return token
}
