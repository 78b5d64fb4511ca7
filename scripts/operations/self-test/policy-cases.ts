import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { compute, type PodParty } from '../../../suites/lib/segmentation/compute.ts'
import { policySchema, protocols, type Policy } from '../../../suites/lib/segmentation/policy.ts'

const portSchema = z.strictObject({ port: z.int(), name: z.string(), protocol: z.enum(protocols) })
const headSchema = z.strictObject({ module: z.string(), version: z.string().min(2), ports: z.array(portSchema).min(1) })
const labels = z.record(z.string(), z.string())
const stepSchema = z.strictObject({
  case: z.int(), step: z.int(), tags: z.array(z.string()).min(1),
  namespaces: z.record(z.string(), labels),
  pods: z.array(z.strictObject({ namespace: z.string(), name: z.string(), labels, ip: z.string() })).min(1),
  policies: z.array(z.unknown()),
  ports: z.array(portSchema).min(1),
  table: z.array(z.string().regex(/^[.EIX?]+$/)),
})
type Step = z.infer<typeof stepSchema>
type Port = z.infer<typeof portSchema>

/** How the recorded cases and our engine compare. Each list has one sentence for each step that is not agreed upon. */
export interface Agreement {
  version: string
  cases: number
  steps: number
  /** Attempts on which both ends of both engines say the same. */
  agreed: number
  disagreements: string[]
  /** Steps with a policy that our engine refuses, by the reason. */
  outOfScope: string[]
}

/** Judges every attempt of every recorded step with our engine (fixtures/policy-cases says what a line is). */
export async function compareWith(file: string): Promise<Agreement> {
  const [first = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n')
  const { version, ports } = headSchema.parse(JSON.parse(first))
  const steps = lines.map((line) => stepSchema.parse(JSON.parse(line)))
  const agreement: Agreement = { version, cases: new Set(steps.map((step) => step.case)).size, steps: steps.length, agreed: 0, disagreements: [], outOfScope: [] }
  for (const step of steps) judge(step, ports, agreement)
  return agreement
}

function judge(step: Step, ports: readonly Port[], agreement: Agreement): void {
  const parsed = z.array(policySchema).safeParse(step.policies)
  if (!parsed.success) {
    agreement.outOfScope.push(`${nameOf(step)}: ${parsed.error.issues[0]?.message ?? 'a policy is refused'}`)
    return
  }
  const differing = attemptsOf(step).filter(({ from, to, port, theirs }) => letter(step, parsed.data, { from, to, port, ports }) !== theirs)
  agreement.agreed += attemptsOf(step).length - differing.length
  const [worst] = differing
  if (worst !== undefined) agreement.disagreements.push(`${nameOf(step)}: ${differing.length} attempts, as ${worst.name}, of which they say ${worst.theirs}`)
}

function nameOf({ case: number, step, tags }: Step): string {
  return `case ${number}, step ${step} (${tags.join(', ')})`
}

interface Recorded { from: Step['pods'][number], to: Step['pods'][number], port: Port, theirs: string, name: string }

/** Every attempt of the table that they made. */
function attemptsOf({ pods, ports, table }: Step): Recorded[] {
  return pods.flatMap((from, row) => pods.flatMap((to, column) => ports.flatMap((port, index): Recorded[] => {
    const theirs = table[row]?.[column * ports.length + index] ?? '?'
    const name = `${from.namespace}/${from.name} → ${to.namespace}/${to.name}:${port.port} (${port.protocol})`
    return theirs === '?' ? [] : [{ from, to, port, theirs, name }]
  })))
}

/** What our engine says, in their letters. */
function letter({ namespaces }: Step, policies: readonly Policy[], { from, to, port, ports }: Pick<Recorded, 'from' | 'to' | 'port'> & { ports: readonly Port[] }): string {
  const party = (pod: Recorded['from']): PodParty => ({ kind: 'pod', namespace: pod.namespace, labels: pod.labels, ip: pod.ip, ports })
  const { egress, ingress } = compute({ policies, namespaces: new Map(Object.entries(namespaces)) }, { from: party(from), to: party(to), protocol: port.protocol, port: port.port })
  if (egress.allowed && ingress.allowed) return '.'
  return egress.allowed ? 'I' : ingress.allowed ? 'E' : 'X'
}
