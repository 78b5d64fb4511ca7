import { z } from 'zod'
import { environmentLabel, environmentNames, groupOf, verifier, type EnvironmentName } from '../../intent/environments.ts'
import { rbac, type Row } from '../../intent/escalation.ts'
import { escalations } from '../../intent/escalations.ts'
import { cellOf, type Judged } from '../escalation-judge.ts'
import { callsAtOnce, type Call, type CallAnswer } from '../platform/calls.ts'
import { pooled } from '../pool.ts'
import type { OfferWorld } from './admission-offers.ts'
import { tokenSecret } from './attempt-bodies.ts'
import type { Actor, Tried } from './attempts-made.ts'
import { runLabels } from './manifests.ts'
import { podOf, workloadOf } from './pod-shapes.ts'

/** What RBAC lets somebody do because their job needs it, in a form that only an admission guard refuses. The control is the same in a form that it takes. */
interface Guarded {
  row: string
  actor: string
  scope: EnvironmentName | 'cluster'
  /** The guards of which one must refuse it: which of them speaks first is up to the API server. */
  guards: readonly string[]
  resource: string
  verb: 'create' | 'delete'
  attempt: (mark: string) => Call
  control: (mark: string) => Call
}

const dryRun = (path: string, mark: string) => `${path}?dryRun=All&fieldManager=${mark}`
const workloadsGuard = 'plumbline-workloads'

function guardedIn(environment: EnvironmentName, { run }: OfferWorld): Guarded[] {
  const labels = runLabels(run)
  const post = (path: string, body: (mark: string) => unknown) => (mark: string): Call => ({ method: 'POST', path: dryRun(path, mark), body: body(mark) })
  const inside = `/namespaces/${environment}`
  const deployment = (account: string) => post(`/apis/apps/v1${inside}/deployments`, (mark) => workloadOf('deployments', { name: mark, labels: { 'plumbline.dev/attempt': mark } }, { ...podOf('D8'), serviceAccountName: account }))
  const service = (target?: string) => post(`/api/v1${inside}/services`, (name) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, labels }, spec: target === undefined ? { ports: [{ port: 80 }] } : { type: 'ExternalName', externalName: target } }))
  const secret = (body: (mark: string) => unknown) => post(`/api/v1${inside}/secrets`, body)
  const other = environment === 'production' ? 'staging' : 'production'
  const deployer = groupOf(environment, 'deployer')
  const runsAs = (account: string): Guarded => ({ row: 'C1-deployments', actor: deployer, scope: environment, guards: [workloadsGuard], resource: 'deployments', verb: 'create', attempt: deployment(account), control: deployment('default') })
  return [
    runsAs(verifier.serviceAccount),
    runsAs('access-somebody-environment-admin'),
    { row: 'E9-services', actor: deployer, scope: environment, guards: ['plumbline-foreign-services'], resource: 'services', verb: 'create', attempt: service(`data-store.${other}.svc.cluster.local`), control: service() },
    {
      row: 'A4', actor: groupOf(environment, 'environment-admin'), scope: environment, guards: ['plumbline-long-lived-tokens'], resource: 'secrets', verb: 'create',
      attempt: secret((mark) => tokenSecret({ mark, namespace: environment, labels }, 'default')),
      control: secret((name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, labels }, stringData: { attempt: 'nothing' } })),
    },
    {
      row: 'E8', actor: 'overrides/override-keeper', scope: environment, guards: ['plumbline-override-keeper'], resource: 'networkpolicies', verb: 'delete',
      attempt: (mark) => ({ method: 'DELETE', path: `/apis/networking.k8s.io/v1${inside}/networkpolicies/allow-dns?dryRun=All&attempt=${mark}` }),
      control: (mark) => ({ method: 'DELETE', path: `/apis/networking.k8s.io/v1${inside}/networkpolicies/${mark}?dryRun=All` }),
    },
    {
      row: 'B3', actor: `${verifier.namespace}/${verifier.serviceAccount}`, scope: environment, resource: 'rolebindings', verb: 'create',
      // In an environment other than its own it is a foreigner as well.
      guards: ['plumbline-verifier-footprint', ...environment === verifier.namespace ? [] : ['plumbline-foreign-subjects']],
      ...bindings(environment, run),
    },
  ]
}

function bindings(environment: EnvironmentName, run: string): Pick<Guarded, 'attempt' | 'control'> {
  const binding = (namespace: string) => (name: string): Call => ({
    method: 'POST', path: dryRun(`/apis/${rbac}/v1/namespaces/${namespace}/rolebindings`, name),
    body: {
      apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata: { name, labels: runLabels(run) }, roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'plumbline-probe' },
      subjects: [{ kind: 'ServiceAccount', namespace: verifier.namespace, name: verifier.serviceAccount }],
    },
  })
  return { attempt: binding(environment), control: binding(`plumbline-probe-canaries-${run}`) }
}

function lookAlike({ run }: OfferWorld): Guarded {
  const namespace = (name: (mark: string) => string) => (mark: string): Call => ({
    method: 'POST', path: dryRun('/api/v1/namespaces', mark),
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: name(mark), labels: { ...runLabels(run), [environmentLabel]: 'production', 'pod-security.kubernetes.io/enforce': 'restricted' } } },
  })
  return {
    row: 'E6', actor: `${verifier.namespace}/${verifier.serviceAccount}`, scope: 'cluster', guards: ['plumbline-verifier-footprint'], resource: 'namespaces', verb: 'create',
    attempt: namespace(() => 'production-two'), control: namespace((mark) => `plumbline-probe-${mark}`),
  }
}

/** Tries what only admission stands against, each beside its control, by server-side dry run with the token of whoever may do the harmless thing. */
export async function makeGuardedAttempts(world: OfferWorld): Promise<{ judged: Judged[], tried: Tried[] }> {
  const all = [...environmentNames.flatMap((environment) => guardedIn(environment, world)), lookAlike(world)]
  const made = await pooled(all, callsAtOnce / 2, async (one, index) => {
    const actor = world.actors.find(({ identity }) => identity.name === one.actor)
    const mark = `attempt-${world.run}-g${index}`
    const control = await world.call({ ...one.control(`control-${world.run}-g${index}`), token: actor?.token })
    const answer = await world.call({ ...one.attempt(mark), token: actor?.token })
    const judged = judgeGuarded(one, control, answer)
    return { judged: { ...judged, cell: { ...judged.cell, id: `${judged.cell.id} ${index}` } }, tried: actor === undefined ? undefined : triedBy(actor, one, { mark, status: answer.status }) }
  })
  return { judged: made.map(({ judged }) => judged), tried: made.flatMap(({ tried }) => tried ?? []) }
}

function triedBy({ identity, user }: Actor, { attempt, verb, resource }: Guarded, { mark, status }: Pick<Tried, 'mark' | 'status'>): Tried {
  const { method, path } = attempt(mark)
  return { mark, user, what: `${identity.name}: ${method} ${path}`, recorded: { verb, resource }, status }
}

function judgeGuarded({ row: id, actor, scope, guards }: Guarded, control: CallAnswer, answer: CallAnswer): Judged {
  const row = rowOf(id)
  const guard = guards.join(' or ')
  // What is deleted by a name that nobody has is let through to 404.
  const sound = control.verdict === 'allowed' || control.status === 404
  const cell = cellOf({ row, identity: { name: actor }, scope, intended: 'deny', form: 'dry-run' }, answer.verdict, { control: sound ? 'allowed' : control.verdict, reason: `${guard}: ${answer.status} ${answer.message}` })
  const what = `${actor} to be refused "${row.title}" (${id}) in ${scope} by ${guard}`
  if (answer.verdict === 'allowed') return { cell, fault: `expected ${what}, but it is let through` }
  if (!sound) return { cell, doubt: `expected ${actor} to be let through with the harmless form of ${id} in ${scope}, but the answer was ${control.status} ${control.message}: the refusal of the other proves nothing` }
  if (answer.verdict !== 'forbidden') return { cell, doubt: `expected ${what} with 403 Forbidden, but the answer was ${answer.status} ${answer.message}, which is no denial` }
  return guards.some((one) => answer.message.includes(`'${one}'`)) ? { cell } : { cell, fault: `expected ${what}, but the refusal was: ${answer.message}` }
}

const podSchema = z.object({ spec: z.object({ volumes: z.array(z.looseObject({ name: z.string(), projected: z.looseObject({}).optional() })).optional() }) })

/** Row A9: what the API server makes of a pod that says nothing about a token, in each environment and beside it. */
export async function offerSilentPods(world: OfferWorld): Promise<Judged[]> {
  const silent = { ...podOf('D8'), automountServiceAccountToken: undefined }
  const offer = async (namespace: string, mark: string): Promise<{ answer: CallAnswer, tokens: string[] }> => {
    const answer = await world.call({
      method: 'POST', path: dryRun(`/api/v1/namespaces/${namespace}/pods`, mark), body: workloadOf('pods', { name: mark, labels: runLabels(world.run) }, silent), token: world.canaryTokens['canary-c1-pods'],
    })
    return { answer, tokens: (podSchema.safeParse(answer.body).data?.spec.volumes ?? []).filter(({ projected }) => projected !== undefined).map(({ name }) => name) }
  }
  const control = await offer(world.unguarded, `canary-${world.run}-a9`)
  return await Promise.all(environmentNames.map(async (environment): Promise<Judged> => {
    const { answer, tokens } = await offer(environment, `attempt-${world.run}-a9`)
    const row = rowOf('A9')
    const got = answer.verdict === 'allowed' && tokens.length > 0
    const cell = cellOf({ row, identity: { name: 'whoever may make pods' }, scope: environment, intended: 'deny', form: 'dry-run' }, answer.verdict !== 'allowed' ? 'error' : got ? 'allowed' : 'forbidden', {
      control: control.tokens.length > 0 ? 'allowed' : 'not-run', reason: got ? `the pod got ${tokens.join(', ')}` : `${answer.status} ${answer.message}`,
    })
    if (got) return { cell, fault: `expected a pod in ${environment} that says nothing about a token to get none (A9), but the API server mounts ${tokens.join(', ')}: set automountServiceAccountToken: false on the account default` }
    if (answer.verdict !== 'allowed') return { cell, doubt: `expected ${environment} to take a pod that says nothing about a token, but the answer was ${answer.status} ${answer.message}` }
    return control.tokens.length > 0 ? { cell } : { cell, doubt: `expected such a pod to get a token where nobody keeps it from that, but it did not (${control.answer.status} ${control.answer.message}): its absence in ${environment} proves nothing` }
  }))
}

function rowOf(id: string): Row {
  const row = escalations.find((one) => one.id === id)
  if (row === undefined) throw new TypeError(`expected the catalogue to have the row ${id}`)
  return row
}
