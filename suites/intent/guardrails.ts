import { verifier } from './environments.ts'
import { serviceAccount } from './accounts.ts'

/** What somebody with rights over workloads, Secrets or bindings does next, unless an admission policy refuses it. */
export type Detour = 'run-as' | 'mount-secret' | 'privileged-pod' | 'token-secret' | 'enter-pod' | 'bind'

/** What a guardrail is there to refuse. That it does is shown by cases that try; here it only says which ways are closed while it is in force. */
export interface Guardrail {
  policy: string
  stops: Detour
  /** Only of this user; undefined is everybody. */
  actor?: string
  /** Only as these accounts, by name or by how the name begins; undefined is any. */
  accounts?: { names: readonly string[], prefix: string }
}

const runner = serviceAccount(verifier.namespace, verifier.serviceAccount).user

export const guardrails: readonly Guardrail[] = [
  { policy: 'plumbline-workloads', stops: 'privileged-pod' },
  { policy: 'plumbline-workloads', stops: 'run-as', accounts: { names: [verifier.serviceAccount], prefix: 'access-' } },
  { policy: 'plumbline-long-lived-tokens', stops: 'token-secret' },
  { policy: 'plumbline-verifier-footprint', stops: 'run-as', actor: runner },
  { policy: 'plumbline-verifier-footprint', stops: 'mount-secret', actor: runner },
  { policy: 'plumbline-verifier-footprint', stops: 'bind', actor: runner },
  { policy: 'plumbline-verifier-exec', stops: 'enter-pod', actor: runner },
]
